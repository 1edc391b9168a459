package io.wanstreams.transport.ticket;

import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts records that nobody can work on where operators look: {@code wan.dead-letters}, with headers {@code
 * dead-letter-reason}, {@code -topic}, {@code -partition} and {@code -offset}, the names that SmallRye uses. Thread-safe.
 */
public final class DeadLetters implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int REASON_LIMIT_CHARS = 500;

    private record Origin(String topic, int partition, long offset) {}

    private final Producer<String, byte[]> producer;

    public DeadLetters(KafkaClients clients) {
        this.producer = clients.eventProducer("wan-dead-letters");
    }

    /**
     * Writes a dead letter and waits until it is stored.
     *
     * @param reason one sentence that does not repeat the content
     * @throws TransportException when that is not known in time
     */
    public void write(ConsumerRecord<?, byte[]> message, String reason) {
        try {
            sendOrFail(letter(message, message.value(), reason));
        } catch (TransportException e) {
            if (!(e.getCause() instanceof ExecutionException failed
                    && failed.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            // The record was as large as a record may be, and our headers come on top.
            sendOrFail(letter(message, null, reason));
        }
    }

    private void sendOrFail(ProducerRecord<String, byte[]> letter) {
        try {
            producer.send(letter).get(KafkaClients.CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new TransportException("A dead letter cannot be written: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException("Interrupted while writing a dead letter", e);
        }
    }

    /**
     * Puts a job that failed aside, by the event that began its last wait. Its error is the value. May come twice when
     * the writer dies before the job's end is in the log.
     *
     * @param turn offset of that event in {@code wan.jobs}
     * @throws TransportException when that is not known in time
     */
    public void write(JobId job, int partition, long turn, JobError error) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.DEAD_LETTERS, job.toString(), ContractJson.write(error));
        describe(letter, new Origin(Topics.JOBS, partition, turn), error.code() + ": " + error.message());
        header(letter, "content-type", "application/json");
        sendOrFail(letter);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }

    private static ProducerRecord<String, byte[]> letter(
            ConsumerRecord<?, byte[]> message, byte @Nullable [] value, String reason) {
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(Topics.DEAD_LETTERS, value);
        describe(letter, new Origin(message.topic(), message.partition(), message.offset()), reason);
        return letter;
    }

    private static void describe(ProducerRecord<String, byte[]> letter, Origin origin, String reason) {
        log.atWarn()
                .addKeyValue("topic", origin.topic())
                .addKeyValue("partition", origin.partition())
                .addKeyValue("offset", origin.offset())
                .addKeyValue("reason", reason)
                .log("Put aside as a dead letter");
        header(letter, "dead-letter-reason", reason.substring(0, Math.min(reason.length(), REASON_LIMIT_CHARS)));
        header(letter, "dead-letter-topic", origin.topic());
        header(letter, "dead-letter-partition", Integer.toString(origin.partition()));
        header(letter, "dead-letter-offset", Long.toString(origin.offset()));
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
