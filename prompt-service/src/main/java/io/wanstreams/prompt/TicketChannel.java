package io.wanstreams.prompt;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.Config;

/** The settings of the SmallRye channel that brings one model's tickets; each with its reason. */
final class TicketChannel {

    private TicketChannel() {}

    /** The channel's name: {@code wan-prompt-<model>}. */
    static String name(String model) {
        return "wan-prompt-" + model;
    }

    static Map<String, String> attributes(String model, String bootstrapServers, Map<String, String> kafka) {
        String topic = Topics.ticketTopic(StageName.PROMPT, model);
        Map<String, String> attributes = new TreeMap<>(kafka);
        attributes.put("connector", "smallrye-kafka");
        attributes.put("channel-name", name(model));
        attributes.put("bootstrap.servers", bootstrapServers);
        attributes.put("topic", topic);
        // One group per topic and called like it: the dispatcher reads there whether a ticket is still open.
        attributes.put("group.id", topic);
        // Only partitions that move are taken away, so a second instance costs no ticket its owner.
        attributes.put("group.protocol", "consumer");
        attributes.put("key.deserializer", ByteArrayDeserializer.class.getName());
        attributes.put("value.deserializer", ByteArrayDeserializer.class.getName());
        attributes.put("auto.offset.reset", "earliest");
        // Tickets are written in transactions.
        attributes.put("isolation.level", "read_committed");
        attributes.put("allow.auto.create.topics", "false");
        // Jobs end in any order: commit up to the oldest that is not accepted, once a second.
        attributes.put("commit-strategy", "throttled");
        attributes.put("auto.commit.interval.ms", "1000");
        // A ticket may be kept for minutes while Kafka is away; the default of 60 s would end the channel and the
        // process.
        attributes.put("throttled.unprocessed-record-max-age.ms", "0");
        // Nothing is ever refused: garbage becomes a dead letter with its reason and is then accepted.
        attributes.put("failure-strategy", "ignore");
        // What is under way ends in the desk, not in the channel.
        attributes.put("graceful-shutdown", "false");
        attributes.put("poll-timeout", "100");
        attributes.put("tracing-enabled", "false");
        attributes.put("cloud-events", "false");
        return attributes;
    }

    /** The same as the connector wants it. */
    static Config config(Map<String, String> attributes) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(attributes, "prompt tickets", 100))
                .build();
    }
}
