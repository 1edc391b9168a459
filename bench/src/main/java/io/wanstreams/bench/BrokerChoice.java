package io.wanstreams.bench;

import io.wanstreams.kafka.embedded.BrokerSettings;
import io.wanstreams.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The broker to measure on: one of our own in this JVM, removed afterwards, or one that runs already. */
final class BrokerChoice {

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Measure on this broker; default: one in this JVM with an empty data directory.")
    private @Nullable String bootstrap;

    /** What is done with a broker. */
    @FunctionalInterface
    interface Use<T> {
        T with(String bootstrapServers) throws Exception;
    }

    <T> T use(Use<T> use) throws Exception {
        if (bootstrap != null) {
            return use.with(bootstrap);
        }
        Path directory = Files.createTempDirectory("wan-bench");
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory))) {
            return use.with(broker.bootstrapServers());
        } finally {
            delete(directory);
        }
    }

    /** As on the command line; empty for the default. */
    String asOption() {
        return bootstrap == null ? "" : " --bootstrap " + bootstrap;
    }

    @Override
    public String toString() {
        return bootstrap == null ? "in this JVM" : bootstrap;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
