package io.wanstreams.transport.progress;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.contracts.progress.Preview;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says for every running stage of this process, each second and at each step, that it runs and how far it is. Sent by a
 * thread of its own, so that Kafka never holds a step up; steps that come faster than they are sent are sent once.
 */
public final class Heartbeats implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Producer<String, byte[]> producer;
    private final Set<Beat> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread;

    public Heartbeats(KafkaClients clients) {
        this.producer = clients.progressProducer("wan-heartbeats");
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "wan-heartbeats");
            made.setDaemon(true);
            return made;
        });
        Future<?> unused = thread.scheduleAtFixedRate(
                this::beatAll, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins to say that a stage runs, until the result is closed. */
    public Beat start(JobId job, StageName stage, long turn, String worker) {
        Beat beat = new Beat(job, stage, turn, worker);
        running.add(beat);
        beat.sendSoon();
        return beat;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(Duration.ofMillis(500));
    }

    private void beatAll() {
        running.forEach(this::send);
    }

    private void send(Beat beat) {
        beat.pending.set(false);
        send(beat.job, ContractJson.write(beat.now()), Map.of("content-type", "application/json"));
    }

    private void sendPreview(Beat beat) {
        Supplier<Preview> newest = beat.preview.getAndSet(null);
        if (newest == null) {
            return;
        }
        try {
            Preview preview = newest.get();
            send(beat.job, preview.jpeg(), preview.headers());
        } catch (RuntimeException e) {
            // The run goes on without the picture.
            log.atWarn()
                    .addKeyValue("jobId", beat.job)
                    .addKeyValue("error", e.toString())
                    .log("Preview not made");
        }
    }

    private void send(JobId job, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(Topics.PROGRESS, job.toString(), value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            Future<RecordMetadata> unused = producer.send(message);
        } catch (KafkaException e) {
            // The scheduled task would end for good; the next beat may get through.
            log.atWarn()
                    .addKeyValue("jobId", job)
                    .addKeyValue("error", e.toString())
                    .log("Progress not sent");
        }
    }

    /** The pulse of one running stage. Thread-safe. */
    public final class Beat implements AutoCloseable {

        private final JobId job;
        private final StageName stage;
        private final long turn;
        private final String worker;
        private final AtomicBoolean pending = new AtomicBoolean();
        private final AtomicReference<@Nullable Supplier<Preview>> preview = new AtomicReference<>();
        private StepRate rate = StepRate.UNKNOWN;

        private Beat(JobId job, StageName stage, long turn, String worker) {
            this.job = job;
            this.stage = stage;
            this.turn = turn;
            this.worker = worker;
        }

        /** That {@code step} of {@code of} steps are done. Never waits. */
        public void progress(int step, int of) {
            synchronized (this) {
                rate = rate.after(step, of, System.nanoTime());
            }
            sendSoon();
        }

        /**
         * A picture of where the stage is. Made and sent on another thread; one that is not made yet when the next comes is
         * never made. Never waits.
         *
         * @param jpeg asked for on another thread: what it reads must not change any more
         */
        public void preview(int step, int of, Supplier<byte[]> jpeg) {
            Supplier<Preview> next = () -> new Preview(job, stage, turn, step, of, jpeg.get());
            if (preview.getAndSet(next) == null) {
                execute(() -> sendPreview(this));
            }
        }

        @Override
        public void close() {
            running.remove(this);
        }

        private synchronized Heartbeat now() {
            return new Heartbeat(job, stage, turn, worker, rate.step(), rate.of(), rate.perSecond());
        }

        private void sendSoon() {
            if (pending.compareAndSet(false, true)) {
                execute(() -> send(this));
            }
        }

        private void execute(Runnable work) {
            try {
                thread.execute(work);
            } catch (RejectedExecutionException e) {
                log.atDebug().addKeyValue("jobId", job).log("Progress after the end");
            }
        }
    }
}
