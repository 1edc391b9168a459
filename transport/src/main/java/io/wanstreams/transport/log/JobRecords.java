package io.wanstreams.transport.log;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.json.JobEventCodec;
import io.wanstreams.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Job events as Kafka records and back; the contracts' codec describes the form. */
public final class JobRecords {

    private static final Logger log = LoggerFactory.getLogger(JobRecords.class);

    private JobRecords() {}

    /** The record of an event, keyed by its job. {@code source} says who writes. */
    public static ProducerRecord<String, byte[]> encode(JobId job, JobEvent event, String source) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(Topics.JOBS, job.toString(), JobEventCodec.data(event));
        JobEventCodec.headers(job, event, source, UUID.randomUUID().toString())
                .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return message;
    }

    /**
     * The event of a record; empty when the key is no job id. An event that is not understood is
     * {@link JobEvent.Unknown}; it is named in the log, and the fold leaves its job alone.
     */
    public static Optional<RecordedEvent> decode(ConsumerRecord<String, byte[]> message) {
        JobId id;
        try {
            id = JobId.parse(String.valueOf(message.key()));
        } catch (IllegalArgumentException e) {
            log.atWarn()
                    .addKeyValue("topic", message.topic())
                    .addKeyValue("partition", message.partition())
                    .addKeyValue("offset", message.offset())
                    .log("Record without a job id ignored");
            return Optional.empty();
        }
        JobEvent event = JobEventCodec.read(typeOf(message), message.value());
        if (event instanceof JobEvent.Unknown unknown) {
            log.atWarn()
                    .addKeyValue("jobId", id)
                    .addKeyValue("type", unknown.type())
                    .addKeyValue("problem", unknown.problem())
                    .addKeyValue("partition", message.partition())
                    .addKeyValue("offset", message.offset())
                    .log("Event not understood, job left alone");
        }
        return Optional.of(new RecordedEvent(id, message.offset(), Instant.ofEpochMilli(message.timestamp()), event));
    }

    private static @Nullable String typeOf(ConsumerRecord<String, byte[]> message) {
        Header type = message.headers().lastHeader(JobEventCodec.TYPE_HEADER);
        return type == null || type.value() == null ? null : new String(type.value(), StandardCharsets.UTF_8);
    }
}
