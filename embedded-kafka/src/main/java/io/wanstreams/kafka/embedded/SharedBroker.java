package io.wanstreams.kafka.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/** One broker for all tests of a JVM, started by the first that asks, stopped and removed at the JVM's end. Use topic names of your own. */
public final class SharedBroker {

    private SharedBroker() {}

    /** Where the shared broker listens. */
    public static String bootstrapServers() {
        return Holder.BROKER.bootstrapServers();
    }

    /** A name that no other test of this broker uses: {@code <prefix>-<8 hex digits>}. */
    public static String uniqueName(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static final class Holder {
        static final EmbeddedKafka BROKER = start();

        private static EmbeddedKafka start() {
            try {
                Path directory = Files.createTempDirectory("wan-shared-broker");
                EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(broker, directory), "shared-broker-stop"));
                return broker;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(EmbeddedKafka broker, Path directory) {
            broker.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
