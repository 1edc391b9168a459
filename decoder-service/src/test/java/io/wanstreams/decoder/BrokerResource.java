package io.wanstreams.decoder;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.wanstreams.kafka.embedded.SharedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real broker in this JVM and the small reference checkpoint. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {

    static final String MODEL = "golden";

    /** The reference checkpoint with two experts. */
    static Path checkpoint() {
        return Path.of(System.getProperty("wan.root"), "inference/src/test/golden/t2v");
    }

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("wan-service-test");
            return Map.of(
                    "kafka.bootstrap.servers",
                    SharedBroker.bootstrapServers(),
                    "wan.topics.provision",
                    "local",
                    "wan.models." + MODEL,
                    checkpoint().toString(),
                    "wan.cache.dir",
                    folder.toString(),
                    "wan.threads",
                    "1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The broker ends with the JVM.
    }
}
