package io.wanstreams.prompt;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.wanstreams.kafka.embedded.SharedBroker;
import java.util.Map;

/** A real broker in this JVM. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {

    static final String MODEL = "model-a";
    static final String OTHER = "model-b";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "kafka.bootstrap.servers",
                SharedBroker.bootstrapServers(),
                "wan.topics.provision",
                "local",
                "wan.prompt.models",
                MODEL + "," + OTHER);
    }

    @Override
    public void stop() {
        // The broker ends with the JVM.
    }
}
