package io.wanstreams.bench.handover;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.PromptSpec;
import io.wanstreams.contracts.request.SchedulerChoice;
import io.wanstreams.contracts.request.SigmaGrid;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.log.JobLogReader;
import io.wanstreams.transport.log.JobView;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.log.LogPosition;
import io.wanstreams.transport.log.StageTransactions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Submits and admits jobs as gateway and dispatcher do, and waits for their end. */
public final class BenchJobs implements AutoCloseable {

    private static final String SOURCE = "/wan/bench";
    private static final int MOST_ON_THEIR_WAY = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String model;
    private final List<StageName> route;
    private final KafkaJobLog log;
    private final StageTransactions transactions;
    private final JobLogReader reader;

    public BenchJobs(KafkaClients clients, String model, List<StageName> route) {
        this.model = model;
        this.route = route;
        this.log = new KafkaJobLog(clients, SOURCE);
        this.transactions = new StageTransactions(clients, "wan-bench-dispatcher", SOURCE);
        this.reader = new JobLogReader(clients);
        transactions.open();
    }

    /** A submitted job, as it stands in the log. */
    public JobView submit(JobId id) throws ExecutionException, InterruptedException, TimeoutException {
        JobEvent.Submitted event =
                new JobEvent.Submitted(request(model), route, "bench", new JobOrigin("http", null, ""));
        LogPosition at = log.append(id, event).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Job job = Objects.requireNonNull(
                JobFold.apply(null, new RecordedEvent(id, at.offset(), at.time(), event)), "a new job is folded");
        return JobView.of(job, new LogCursor(reader.topic().id(), at.partition(), at.offset() + 1));
    }

    /** Submits jobs that are over at once, many at a time: what a log of old jobs consists of. */
    public void fill(int jobs) throws ExecutionException, InterruptedException, TimeoutException {
        Semaphore onTheirWay = new Semaphore(MOST_ON_THEIR_WAY);
        JobEvent.Submitted submitted =
                new JobEvent.Submitted(request(model), route, "bench", new JobOrigin("http", null, ""));
        for (int i = 0; i < jobs; i++) {
            JobId id = JobId.parse(UUID.randomUUID().toString());
            for (JobEvent event : List.of(submitted, new JobEvent.Cancelled("bench"))) {
                onTheirWay.acquire();
                CompletableFuture<Void> unused = log.append(id, event).handle((place, error) -> {
                    onTheirWay.release();
                    return null;
                });
            }
        }
        if (!onTheirWay.tryAcquire(MOST_ON_THEIR_WAY, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new TimeoutException("The log was not written within " + PATIENCE.toSeconds() + " s");
        }
    }

    /** Admits it: from now on it waits for its first stage. */
    public void admit(JobView submitted) {
        LogPosition unused = transactions.append(submitted, new JobEvent.Admitted());
    }

    /**
     * The job when it is over.
     *
     * @throws IllegalStateException when it is not completed in time
     */
    public Job awaitCompleted(JobView from) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JobView view = from;
        while (System.nanoTime() < deadline) {
            // Each look waits for the broker some milliseconds.
            view = reader.readToEnd(view).view();
            Job job = view.job();
            if (job != null && job.isTerminal()) {
                return job;
            }
        }
        throw new IllegalStateException("Job " + from.id() + " was not over within " + PATIENCE.toSeconds() + " s");
    }

    @Override
    public void close() {
        reader.close();
        transactions.close();
        log.close();
    }

    /** A request of ordinary length: it travels in every ticket. */
    static VideoRequest request(String model) {
        return new VideoRequest(
                model,
                Preset.WAN,
                new PromptSpec("a red ball bouncing on a green field", "blurred, static", null, null, null),
                1280,
                720,
                81,
                16,
                null,
                null,
                new DenoiseSettings(40, 4, 3, 12, 0.875, SigmaGrid.WAN, SchedulerChoice.UNIPC, 42, null),
                false,
                Duration.ofHours(1),
                new TreeMap<>(),
                List.of());
    }
}
