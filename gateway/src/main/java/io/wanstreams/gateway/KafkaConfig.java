package io.wanstreams.gateway;

import io.wanstreams.transport.KafkaSettings;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** How to reach Kafka: {@code kafka.bootstrap.servers}, and any client property under {@code wan.kafka.}. */
@Singleton
public final class KafkaConfig {

    private static final String PREFIX = "wan.kafka.";

    private final Config config;

    KafkaConfig(Config config) {
        this.config = config;
    }

    /** The settings. Names keep their dots: {@code wan.kafka.security.protocol}. */
    public KafkaSettings settings() {
        Map<String, String> properties = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                properties.put(name.substring(PREFIX.length()).replace("\"", ""), config.getValue(name, String.class));
            }
        }
        return new KafkaSettings(
                config.getOptionalValue("kafka.bootstrap.servers", String.class).orElse(""), properties);
    }

    /** {@code wan.topics.provision}: none, local or cluster. */
    public String provision() {
        return config.getOptionalValue("wan.topics.provision", String.class).orElse("none");
    }
}
