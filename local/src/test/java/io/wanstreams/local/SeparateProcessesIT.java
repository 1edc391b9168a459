package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.cli.client.Video;
import io.wanstreams.cli.clip.ClipReader;
import io.wanstreams.kafka.embedded.BrokerSettings;
import io.wanstreams.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process per service and stage against a broker outside of them all, by the commands of {@code docs/running.md}. */
@Tag("slow")
class SeparateProcessesIT {

    private final List<WanProcess> processes = new ArrayList<>();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void stop() {
        processes.forEach(WanProcess::close);
    }

    @Test
    void theDocumentedCommandsMakeAVideo() throws IOException {
        DocumentedCommands commands = DocumentedCommands.read();
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory.resolve("kafka")))) {
            List<URI> urls = new ArrayList<>();
            for (int i = 0; i < commands.lines().size(); i++) {
                DocumentedCommands.Service service = commands.service(i, broker.bootstrapServers());
                urls.add(service.url());
                processes.add(WanProcess.start(service.command()));
            }
            urls.forEach(Readiness::await);

            Jobs jobs = new Jobs(urls.get(0));
            Video video = jobs.finish(jobs.submit("a pink heart growing on a blue background", 5, 3));

            assertThat(ClipReader.facts(jobs.video(video, directory)).frames()).isEqualTo(Jobs.FRAMES);
            assertThat(video.stages().stream().map(Video.FinishedStage::worker))
                    .hasSameSizeAs(Jobs.DEMO.route())
                    .doesNotHaveDuplicates();
            stop();
        }
    }
}
