package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.cli.client.Video;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.kafka.embedded.BrokerSettings;
import io.wanstreams.kafka.embedded.EmbeddedKafka;
import io.wanstreams.transport.crash.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each stage's process dies at work and another process takes its job up, from Kafka alone: the same latents and the same
 * video to the bit as without, and no step before the checkpoint a second time.
 */
@Tag("slow")
class KilledWorkersIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROMPT = "a blue square bouncing on a white background";
    private static final int STEPS = 12;

    /** Which report of progress is the last. A denoise stage's first is about no step. */
    private static final List<String> DEATHS = List.of(
            "prompt", "encode:2", "denoise-high:2", "denoise-high:4", "denoise-low:2", "denoise-low:4", "decode:2");

    private final Map<StageName, WanProcess> workers = new EnumMap<>(StageName.class);
    private final List<WanProcess> others = new ArrayList<>();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void stop() {
        workers.values().forEach(WanProcess::close);
        others.forEach(WanProcess::close);
    }

    @Test
    void anotherProcessGoesOnWithTheSamePixels() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.in(directory.resolve("kafka")))) {
            DocumentedCommands.Service gateway = DocumentedCommands.read().service(0, broker.bootstrapServers());
            others.add(WanProcess.start(gateway.command()));
            Readiness.await(gateway.url());
            for (StageName stage : Jobs.DEMO.route()) {
                Readiness.await(start(stage, broker, List.of()));
            }
            Jobs jobs = new Jobs(gateway.url());
            Video whole = jobs.finish(jobs.submit(PROMPT, 5, STEPS));

            for (String death : DEATHS) {
                StageName stage = StageName.parse(death.split(":")[0]);
                worker(stage).close();
                URI unused = start(
                        stage, broker, List.of("-D" + CrashPoint.PROPERTY + "=" + CrashPoint.AT_WORK + "@" + death));
                Video job = jobs.submit(PROMPT, 5, STEPS);
                assertThat(worker(stage).exitCode()).as(death).isEqualTo(CrashPoint.EXIT_CODE);
                Readiness.await(start(stage, broker, List.of()));

                Video finished = jobs.finish(job);

                assertThat(jobs.latents(finished, directory).tensors())
                        .as(death)
                        .isEqualTo(jobs.latents(whole, directory).tensors());
                assertThat(jobs.video(finished, directory))
                        .as(death)
                        .hasSameBinaryContentAs(jobs.video(whole, directory));
                assertThat(checkpoints(broker.bootstrapServers(), job.id()))
                        .as("%s: steps that were saved, in the order of the log", death)
                        .isNotEmpty()
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
            stop();
        }
    }

    private WanProcess worker(StageName stage) {
        return Objects.requireNonNull(workers.get(stage));
    }

    private URI start(StageName stage, EmbeddedKafka broker, List<String> more) throws IOException {
        List<String> properties = new ArrayList<>(List.of("-Dwan.denoise.checkpoint.every-steps=2"));
        properties.addAll(more);
        int index = 1 + Jobs.DEMO.route().indexOf(stage);
        DocumentedCommands.Service service = DocumentedCommands.read()
                .service(index, broker.bootstrapServers())
                .with(properties);
        workers.put(stage, WanProcess.start(service.command()));
        return service.url();
    }

    /** What every worker wrote, whether it counted or not. */
    private static List<Integer> checkpoints(String broker, String job) {
        return PlainConsumer.readAll(broker, Topics.JOBS).stream()
                .filter(message -> job.endsWith(message.key()))
                .map(message -> json(message.value()))
                .filter(event -> event.has("step"))
                .map(event -> event.path("step").asInt())
                .toList();
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
