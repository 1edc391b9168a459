package io.wanstreams.gateway;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.job.StageTimings;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.board.BoardFeed;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.images.Jpeg;
import io.wanstreams.images.RgbImage;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.bundle.KafkaBundleStore;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.log.StageTransactions;
import io.wanstreams.transport.progress.Heartbeats;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plays all stages of the jobs it is for, over Kafka, in no time; the video is 3 MB of noise unless one is given. */
public final class FakeWorkers implements AutoCloseable {

    public static final int VIDEO_BYTES = 3_000_000;

    private final byte[] video;
    private final byte[] thumbnail;
    private final KafkaClients clients;
    private final KafkaJobLog jobLog;
    private final StageTransactions transactions;
    private final KafkaBundleStore bundles;
    private final Heartbeats heartbeats;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Semaphore gate = new Semaphore(0);
    private final BoardFeed feed;

    public FakeWorkers(String bootstrapServers, Predicate<Job> mine) {
        this(bootstrapServers, mine, video(), new byte[] {9});
    }

    /** With files of the test's own, to be looked at. */
    public FakeWorkers(String bootstrapServers, Predicate<Job> mine, byte[] video, byte[] thumbnail) {
        this.video = video;
        this.thumbnail = thumbnail;
        this.clients = new KafkaClients(KafkaSettings.of(bootstrapServers));
        this.jobLog = new KafkaJobLog(clients, "/test/workers");
        this.transactions = new StageTransactions(clients, "test-workers-" + System.nanoTime(), "/test/workers");
        this.bundles = new KafkaBundleStore(clients);
        this.heartbeats = new Heartbeats(clients);
        JobBoard board = new JobBoard(10_000);
        board.listen(job -> {
            if (job.job().phase() instanceof Phase.Waiting && mine.test(job.job())) {
                Future<?> unused = thread.submit(() -> work(board, job));
            }
        });
        this.feed = new BoardFeed(clients, board, Duration.ofSeconds(10));
    }

    /** A picture that every denoise stage shows. */
    public static byte[] preview() {
        byte[] rgb = new byte[3 * 80 * 48];
        for (int i = 0; i < 80 * 48; i++) {
            rgb[3 * i] = (byte) (i % 80 * 3);
            rgb[3 * i + 1] = (byte) (i / 80 * 5);
        }
        return Jpeg.of(new RgbImage(80, 48, rgb), 0.8f);
    }

    /** Lets so many stages of jobs that say {@code gated}, in their metadata or prompt, be worked on. */
    public void admit(int stages) {
        gate.release(stages);
    }

    /** The bytes of every video. */
    public static byte[] video() {
        byte[] bytes = new byte[VIDEO_BYTES];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        feed.close();
        thread.shutdownNow();
        heartbeats.close();
        bundles.close();
        transactions.close();
        jobLog.close();
        clients.close();
    }

    private @Nullable Void work(JobBoard board, BoardJob waiting) throws Exception {
        if (waiting.job().request().metadata().containsKey("gated")
                || waiting.job().request().prompt().prompt().contains("gated")) {
            gate.acquire();
        }
        StageTurn at = ((Phase.Waiting) waiting.job().phase()).at();
        var place = jobLog.append(
                        waiting.job().id(), new JobEvent.Started(at.stage(), at.turn(), "fake", new TreeMap<>()))
                .get();
        feed.awaitPast(place).get();
        if (waiting.job().request().metadata().containsKey("fails")) {
            JobError error = new JobError(FailureCode.STAGE_FAILED, "It was to fail.");
            jobLog.append(waiting.job().id(), new JobEvent.JobFailed(at.turn(), at.attempt(), error))
                    .get();
            return null;
        }
        try (Heartbeats.Beat beat = heartbeats.start(waiting.job().id(), at.stage(), at.turn(), "fake")) {
            beat.progress(1, 2);
            if (at.stage().isDenoise()) {
                beat.preview(1, 2, FakeWorkers::preview);
            }
            JobEvent done = new JobEvent.Completed(
                    at.stage(), at.turn(), outputs(waiting.job(), at.stage()), new StageTimings(1, 20, 10));
            transactions.append(board.find(waiting.job().id()).orElseThrow().view(feed.topicId()), done);
        }
        return null;
    }

    private StageOutputs outputs(Job job, StageName stage) throws Exception {
        return switch (stage) {
            case PROMPT ->
                StageOutputs.ofText(
                        Map.of(StageOutputs.PROMPT, job.request().prompt().prompt() + ", sharp"));
            case ENCODE -> StageOutputs.ofBundles(Map.of());
            case DENOISE_HIGH, DENOISE_LOW, DENOISE ->
                StageOutputs.ofBundles(
                        Map.of(StageOutputs.LATENTS, store(job, stage, BundleRef.SAFETENSORS, new byte[] {1, 2, 3})));
            case DECODE ->
                StageOutputs.ofBundles(Map.of(
                        StageOutputs.VIDEO, store(job, stage, "video/mp4", video),
                        StageOutputs.THUMBNAIL, store(job, stage, "image/jpeg", thumbnail)));
        };
    }

    private BundleRef store(Job job, StageName stage, String mediaType, byte[] bytes) throws Exception {
        return bundles.write(BundleDescription.of(Topics.MEDIA, job.id(), stage, mediaType), BundleContent.of(bytes));
    }
}
