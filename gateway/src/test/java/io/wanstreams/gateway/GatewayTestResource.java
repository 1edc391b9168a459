package io.wanstreams.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.gateway.request.Profiles;
import io.wanstreams.kafka.embedded.SharedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A broker, its topics, and two models of which there are only the profiles. */
public final class GatewayTestResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("wan-gateway-test");
            Path t2v = directory.resolve("a.json");
            Path ti2v = directory.resolve("b.json");
            Files.write(t2v, ContractJson.write(Profiles.A14B));
            Files.write(ti2v, ContractJson.write(Profiles.TI2V_5B));
            return Map.ofEntries(
                    Map.entry("kafka.bootstrap.servers", SharedBroker.bootstrapServers()),
                    Map.entry("wan.topics.provision", "local"),
                    Map.entry("wan.gateway.id", "test"),
                    Map.entry("wan.gateway.submit.queue-limit", "5000"),
                    // Jobs of other tests that nobody works on must not hold up those that are.
                    Map.entry("wan.gateway.dispatch.window", "5000"),
                    Map.entry("wan.gateway.tenant.jobs-queued", "5000"),
                    Map.entry("wan.gateway.tenant.jobs-running", "5000"),
                    // Tests serve images from one address of this machine, and try to have others fetched.
                    Map.entry("wan.gateway.images.plain-http", "true"),
                    Map.entry("wan.gateway.images.allowed-addresses", "127.0.0.1"),
                    Map.entry("wan.gateway.images.fetch-timeout", "2S"),
                    Map.entry("wan.models.\"" + Profiles.A14B.name() + "\"", t2v.toString()),
                    Map.entry("wan.models.\"" + Profiles.TI2V_5B.name() + "\"", ti2v.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The shared broker ends with the JVM.
    }
}
