package io.wanstreams.transport;

import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 * @param properties further client properties, such as security; what this module relies on cannot be overridden here
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> properties) {

    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "No Kafka bootstrap servers are given; set kafka.bootstrap.servers to host:port");
        }
        properties = Map.copyOf(new TreeMap<>(properties));
    }

    public static KafkaSettings of(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, Map.of());
    }
}
