package io.wanstreams.transport.log;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** The job log on {@code wan.jobs}: CloudEvents in binary mode, keyed by job. Thread-safe. */
public final class KafkaJobLog implements JobLog, AutoCloseable {

    private final String source;
    private final Producer<String, byte[]> producer;

    /**
     * Opens the log for appends.
     *
     * @param source who writes, the CloudEvents' source, for example {@code /wan/gateway/host-1}
     */
    public KafkaJobLog(KafkaClients clients, String source) {
        this.source = source;
        this.producer = clients.eventProducer("wan-log");
    }

    @Override
    public CompletableFuture<LogPosition> append(JobId job, JobEvent event) {
        CompletableFuture<LogPosition> result = new CompletableFuture<>();
        try {
            Future<RecordMetadata> unused = producer.send(JobRecords.encode(job, event, source), (metadata, error) -> {
                if (error == null) {
                    Instant time = Instant.ofEpochMilli(metadata.timestamp());
                    result.complete(new LogPosition(metadata.partition(), metadata.offset(), time));
                } else {
                    result.completeExceptionally(unclear(job, error));
                }
            });
        } catch (KafkaException e) {
            result.completeExceptionally(unclear(job, e));
        }
        return result;
    }

    /** Waits for what is on its way, up to 5 s. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private static TransportException unclear(JobId job, Exception e) {
        return new TransportException(
                "Kafka did not acknowledge an event of job " + job + ", which may or may not be in the log: "
                        + e.getMessage(),
                e);
    }
}
