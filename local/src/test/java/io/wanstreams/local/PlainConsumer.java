package io.wanstreams.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What anybody can do with kafka-clients alone. */
final class PlainConsumer {

    private static final Duration POLL = Duration.ofMillis(200);

    private PlainConsumer() {}

    /** Every committed record of a topic, up to its end. */
    static List<ConsumerRecord<String, byte[]>> readAll(String broker, String topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer(broker)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }

    /** The bytes of a bundle: assign, seek, put the values together. */
    static byte[] read(String broker, JsonNode reference) {
        try (KafkaConsumer<String, byte[]> consumer = consumer(broker)) {
            TopicPartition partition = new TopicPartition(
                    reference.path("topic").asText(),
                    reference.path("partition").asInt());
            long last = reference.path("last_offset").asLong();
            consumer.assign(List.of(partition));
            consumer.seek(partition, reference.path("first_offset").asLong());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] bundle = null;
            while (consumer.position(partition) <= last) {
                for (ConsumerRecord<String, byte[]> entry : consumer.poll(POLL)) {
                    Header id = entry.headers().lastHeader("wan-bundle");
                    bundle = bundle == null ? id.value() : bundle;
                    if (entry.offset() <= last && Arrays.equals(bundle, id.value())) {
                        bytes.writeBytes(entry.value());
                    }
                }
            }
            return bytes.toByteArray();
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(String broker) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
