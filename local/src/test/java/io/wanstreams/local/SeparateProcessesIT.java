package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.cli.client.Video;
import io.wanstreams.cli.clip.ClipReader;
import io.wanstreams.kafka.embedded.BrokerSettings;
import io.wanstreams.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process per service and stage against a broker outside of them all, by the commands of {@code docs/running.md}. */
class SeparateProcessesIT {

    private static final Pattern COMMAND = Pattern.compile("```sh\n(java .*?)\n```", Pattern.DOTALL);
    private static final Pattern HTTP_PORT = Pattern.compile("-Dquarkus\\.http\\.port=(\\d+)");
    private static final Duration START = Duration.ofMinutes(3);

    private final List<WanProcess> processes = new ArrayList<>();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void stop() {
        processes.forEach(WanProcess::close);
    }

    @Test
    void theDocumentedCommandsMakeAVideo() throws IOException {
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory.resolve("kafka")))) {
            List<URI> urls = new ArrayList<>();
            for (String command : commands()) {
                int port = FreePort.on("localhost");
                urls.add(URI.create("http://localhost:" + port));
                processes.add(WanProcess.start(List.of(HTTP_PORT
                        .matcher(command)
                        .replaceAll("-Dquarkus.http.port=" + port + " -Xmx256m -XX:TieredStopAtLevel=1")
                        .replace("localhost:9092", broker.bootstrapServers())
                        .split("[\\s\\\\]+"))));
            }
            urls.forEach(this::awaitReady);

            Jobs jobs = new Jobs(urls.get(0));
            Video video = jobs.finish(jobs.submit("a pink heart growing on a blue background", 5, 3));

            assertThat(ClipReader.facts(jobs.video(video, directory)).frames()).isEqualTo(Jobs.FRAMES);
            assertThat(video.stages().stream().map(Video.FinishedStage::worker))
                    .hasSameSizeAs(Jobs.DEMO.route())
                    .doesNotHaveDuplicates();
            stop();
        }
    }

    private static List<String> commands() throws IOException {
        String page = Files.readString(Root.PATH.resolve("docs/running.md"));
        List<String> commands = COMMAND.matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(commands).hasSize(6);
        return commands;
    }

    private void awaitReady(URI url) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest look =
                HttpRequest.newBuilder(url.resolve("/q/health/ready")).build();
        await().atMost(START)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> http.send(look, BodyHandlers.discarding()).statusCode() == 200);
    }
}
