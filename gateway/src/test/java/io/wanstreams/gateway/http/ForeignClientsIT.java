package io.wanstreams.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.wanstreams.gateway.FakeWorkers;
import io.wanstreams.gateway.GatewayTestResource;
import io.wanstreams.kafka.embedded.SharedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others wrote, unchanged. `./wan test --all` installs them into .wan/sdk. */
@QuarkusTest
@QuarkusTestResource(GatewayTestResource.class)
@Tag("foreign")
final class ForeignClientsIT {

    private static final Path SDK = Path.of("../.wan/sdk").toAbsolutePath().normalize();
    private static final Path SCRIPTS = Path.of("src/test/resources/sdk").toAbsolutePath();
    private static final int LIMIT_SECONDS = 240;

    private static FakeWorkers workers;

    @TempDir
    Path directory;

    @BeforeAll
    static void startWorkers() {
        Instant begun = Instant.now();
        workers = new FakeWorkers(
                SharedBroker.bootstrapServers(),
                job -> job.submittedAt().isAfter(begun)
                        && !job.request().metadata().containsKey("idle"));
    }

    @AfterAll
    static void stopWorkers() {
        workers.close();
    }

    @Test
    void theOfficialPythonSdk() throws Exception {
        run(Map.of(), List.of(SDK + "/python/bin/python", SCRIPTS + "/client.py", root() + "/v1", word()));
    }

    @Test
    void theOfficialNodeSdk() throws Exception {
        Path script = Files.copy(SCRIPTS.resolve("client.mjs"), directory.resolve("client.mjs"));
        Files.createSymbolicLink(directory.resolve("node_modules"), SDK.resolve("node/node_modules"));

        run(Map.of(), List.of("node", script.toString(), root() + "/v1", word()));
    }

    @Test
    void theExamplesOfOtherServers() throws Exception {
        String here = "localhost:" + RestAssured.port;
        Files.writeString(
                directory.resolve(".curlrc"),
                "connect-to = \"localhost:8091:" + here + "\"\nconnect-to = \"localhost:30010:" + here + "\"\n");

        run(Map.of("CURL_HOME", directory.toString()), List.of("sh", SCRIPTS + "/peers.sh", directory.toString()));
    }

    private void run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(ended).as(Files.readString(output)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private static String root() {
        return "http://localhost:" + RestAssured.port;
    }

    private static String word() {
        return UUID.randomUUID().toString();
    }
}
