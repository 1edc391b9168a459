package io.wanstreams.kafka.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How to run the broker.
 *
 * @param dataDirectory where topics, group offsets and the cluster's identity live; created when missing, survives any kind of stop
 * @param port of the clients' listener on the loopback interface, or 0 for a free one
 * @param minimumFreeBytes refuse to start with less free disk space than this: a full disk under mapped index files ends the JVM
 * @param startTimeout how long a start may take; after a kill the old session must end first, a few seconds
 * @param detours further listeners, whose clients are told to come through somebody in between
 * @param onFailure told, in one sentence, that the running broker has stopped for good; called at most once, on a thread of the broker
 */
public record BrokerSettings(
        Path dataDirectory,
        int port,
        long minimumFreeBytes,
        Duration startTimeout,
        List<Detour> detours,
        Consumer<String> onFailure) {

    private static final long DEFAULT_MINIMUM_FREE_BYTES = 256L << 20;
    private static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(60);

    /**
     * A listener on the loopback interface.
     *
     * @param port where the broker listens
     * @param advertised the port that its clients are told to use instead
     */
    public record Detour(int port, int advertised) {

        public Detour {
            if (port < 1 || port > 65_535 || advertised < 1 || advertised > 65_535) {
                throw new IllegalArgumentException(
                        "A detour's ports are in 1..65535, found " + port + " and " + advertised);
            }
        }
    }

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
        detours = List.copyOf(detours);
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }

    /** A broker on a free port that keeps its data in {@code dataDirectory}. */
    public static BrokerSettings in(Path dataDirectory) {
        return new BrokerSettings(
                dataDirectory, 0, DEFAULT_MINIMUM_FREE_BYTES, DEFAULT_START_TIMEOUT, List.of(), message -> {});
    }

    public BrokerSettings withPort(int newPort) {
        return new BrokerSettings(dataDirectory, newPort, minimumFreeBytes, startTimeout, detours, onFailure);
    }

    public BrokerSettings withMinimumFreeBytes(long bytes) {
        return new BrokerSettings(dataDirectory, port, bytes, startTimeout, detours, onFailure);
    }

    public BrokerSettings withStartTimeout(Duration timeout) {
        return new BrokerSettings(dataDirectory, port, minimumFreeBytes, timeout, detours, onFailure);
    }

    public BrokerSettings withOnFailure(Consumer<String> listener) {
        return new BrokerSettings(dataDirectory, port, minimumFreeBytes, startTimeout, detours, listener);
    }

    public BrokerSettings withDetours(List<Detour> more) {
        return new BrokerSettings(dataDirectory, port, minimumFreeBytes, startTimeout, more, onFailure);
    }
}
