package io.wanstreams.transport.log;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * The job log on {@code wan.jobs}: CloudEvents in binary mode, keyed by job. Thread-safe. An append never blocks its caller, who may
 * be the thread that serves connections: Kafka's producer itself waits where it does not know the broker yet, on a thread of its own
 * here. At most {@value #WAITING_LIMIT} appends wait for it; more are refused at once.
 */
public final class KafkaJobLog implements JobLog, AutoCloseable {

    private static final int WAITING_LIMIT = 10_000;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final String source;
    private final Producer<String, byte[]> producer;
    private final ExecutorService sender;

    /**
     * Opens the log for appends.
     *
     * @param source who writes, the CloudEvents' source, for example {@code /wan/gateway/host-1}
     */
    public KafkaJobLog(KafkaClients clients, String source) {
        this(clients.eventProducer("wan-log"), source, WAITING_LIMIT);
    }

    KafkaJobLog(Producer<String, byte[]> producer, String source, int waitingLimit) {
        this.source = source;
        this.producer = producer;
        this.sender =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waitingLimit), work -> {
                    Thread thread = new Thread(work, "wan-log");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public CompletableFuture<LogPosition> append(JobId job, JobEvent event) {
        CompletableFuture<LogPosition> result = new CompletableFuture<>();
        try {
            sender.execute(() -> send(job, event, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new TransportException(
                    "An event of job " + job
                            + " is not in the log: too many wait for Kafka, or the log is closed; try again",
                    e));
        }
        return result;
    }

    private void send(JobId job, JobEvent event, CompletableFuture<LogPosition> result) {
        if (result.isDone()) {
            return; // nobody waits for it any more, and it has not been sent
        }
        try {
            Future<RecordMetadata> unused = producer.send(JobRecords.encode(job, event, source), (metadata, error) -> {
                if (error == null) {
                    Instant time = Instant.ofEpochMilli(metadata.timestamp());
                    result.complete(new LogPosition(metadata.partition(), metadata.offset(), time));
                } else {
                    result.completeExceptionally(unclear(job, error));
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(unclear(job, e));
        }
    }

    /** Waits up to 5 s for what has not been sent, and as long again for what is on its way. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            sender.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE_LIMIT);
    }

    private static TransportException unclear(JobId job, Exception e) {
        return new TransportException(
                "Kafka did not acknowledge an event of job " + job + ", which may or may not be in the log: "
                        + e.getMessage(),
                e);
    }
}
