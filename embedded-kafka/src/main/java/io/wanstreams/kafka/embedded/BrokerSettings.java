package io.wanstreams.kafka.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How to run the broker.
 *
 * @param dataDirectory where topics, group offsets and the cluster's identity live; created when missing, survives any kind of stop
 * @param port of the clients' listener on the loopback interface, or 0 for a free one
 * @param minimumFreeBytes refuse to start with less free disk space than this: a full disk under mapped index files ends the JVM
 * @param startTimeout how long a start may take; after a kill the old session must end first, a few seconds
 * @param onFailure told, in one sentence, that the running broker has stopped for good; called at most once, on a thread of the broker
 */
public record BrokerSettings(
        Path dataDirectory, int port, long minimumFreeBytes, Duration startTimeout, Consumer<String> onFailure) {

    private static final long DEFAULT_MINIMUM_FREE_BYTES = 256L << 20;
    private static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(60);

    public BrokerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Broker port " + port + " is not in 0..65535 (0 = a free one)");
        }
        if (minimumFreeBytes < 0) {
            throw new IllegalArgumentException("Minimum free space " + minimumFreeBytes + " bytes is negative");
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("Start time-out " + startTimeout + " is not positive");
        }
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }

    /** A broker on a free port that keeps its data in {@code dataDirectory}. */
    public static BrokerSettings in(Path dataDirectory) {
        return new BrokerSettings(dataDirectory, 0, DEFAULT_MINIMUM_FREE_BYTES, DEFAULT_START_TIMEOUT, message -> {});
    }

    public BrokerSettings withPort(int newPort) {
        return new BrokerSettings(dataDirectory, newPort, minimumFreeBytes, startTimeout, onFailure);
    }

    public BrokerSettings withMinimumFreeBytes(long bytes) {
        return new BrokerSettings(dataDirectory, port, bytes, startTimeout, onFailure);
    }

    public BrokerSettings withOnFailure(Consumer<String> listener) {
        return new BrokerSettings(dataDirectory, port, minimumFreeBytes, startTimeout, listener);
    }
}
