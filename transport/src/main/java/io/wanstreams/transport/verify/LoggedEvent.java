package io.wanstreams.transport.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.transport.log.JobRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * An event as it lies in the log.
 *
 * @param source who says that he wrote it, the CloudEvent's {@code source}
 * @param type the CloudEvent's {@code type}; empty when there is none, or when the data is not that event
 * @param data the JSON as it is, not yet an event of ours
 */
record LoggedEvent(RecordedEvent recorded, int partition, String source, String type, JsonNode data) {

    private static final ObjectMapper JSON = ContractJson.mapper();

    /** Empty when the key is no job id. */
    static Optional<LoggedEvent> of(ConsumerRecord<String, byte[]> message) {
        return JobRecords.decode(message)
                .map(recorded -> new LoggedEvent(
                        recorded,
                        message.partition(),
                        header(message, "ce_source"),
                        recorded.event() instanceof JobEvent.Unknown ? "" : header(message, "ce_type"),
                        json(message)));
    }

    JobEvent event() {
        return recorded.event();
    }

    long offset() {
        return recorded.offset();
    }

    /** For people: what and where. */
    String name() {
        String what = type.isEmpty() ? "an event that is not understood" : type;
        return what + " at " + partition + ":" + offset();
    }

    private static JsonNode json(ConsumerRecord<String, byte[]> message) {
        try {
            return message.value() == null ? MissingNode.getInstance() : JSON.readTree(message.value());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
