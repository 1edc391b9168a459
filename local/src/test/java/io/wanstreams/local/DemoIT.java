package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.cli.client.Video;
import io.wanstreams.cli.clip.ClipFacts;
import io.wanstreams.cli.clip.ClipReader;
import io.wanstreams.contracts.request.ImageInput;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.SafetensorsReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged app with the demo model, as {@code ./wan up} runs it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoIT {

    private static final long MEMORY_LIMIT_BYTES = 1_500_000_000L;
    private static final String PROMPT = "a red ball bouncing on a green field";
    /** What an autoencoder keeps of a plain picture; noise against the same picture has 8 dB. */
    private static final double LIKE_THE_IMAGE_DB = 18;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final WanProcess system;
    private final Jobs jobs;
    private final Video first;

    DemoIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        system = WanProcess.up(directory.resolve("data"));
        jobs = new Jobs(system.awaitUrl());
        first = jobs.finish(jobs.submit(PROMPT, 1, 4));
    }

    @AfterAll
    void stop() {
        system.close();
    }

    @Test
    void theVideoPlays() {
        ClipFacts facts = ClipReader.facts(jobs.video(first, directory));

        assertThat(facts.width()).isEqualTo(Jobs.SIDE);
        assertThat(facts.height()).isEqualTo(Jobs.SIDE);
        assertThat(facts.frames()).isEqualTo(Jobs.FRAMES);
        assertThat(facts.fps()).isEqualTo(Jobs.DEMO.defaults(Jobs.DEMO.preset()).fps());
    }

    /** Where the model takes images: the first frame is the image, but for what the autoencoder loses. */
    @Test
    void aVideoBeginsWithItsImage() throws IOException {
        assumeThat(Jobs.DEMO.image()).isEqualTo(ImageInput.OPTIONAL);
        byte[] image = new byte[3 * Jobs.SIDE * Jobs.SIDE];
        Path file = directory.resolve("first.png");
        ImageIO.write(sky(image), "png", file.toFile());

        Video video = jobs.finish(jobs.submitWithImage(file, 1, 4));

        double psnr = GoldenRun.peakSignalToNoise(jobs.frames(video, directory).bytes(), ByteBuffer.wrap(image));
        assertThat(psnr).isGreaterThan(LIKE_THE_IMAGE_DB);
    }

    @Test
    void theProcessStaysSmall() throws IOException {
        assertThat(system.peakMemoryBytes()).isLessThan(MEMORY_LIMIT_BYTES);
    }

    @Test
    void sameSeedSameLatentsAndElseOthers() throws IOException {
        Safetensors latents = jobs.latents(first, directory);
        Video again = jobs.finish(jobs.submit(PROMPT, 1, 4));
        Video otherSeed = jobs.finish(jobs.submit(PROMPT, 2, 4));
        Video otherPrompt = jobs.finish(jobs.submit("a blue star falling in the desert", 1, 4));

        assertThat(jobs.latents(again, directory)).isEqualTo(latents);
        assertThat(jobs.latents(otherSeed, directory)).isNotEqualTo(latents);
        assertThat(jobs.latents(otherPrompt, directory)).isNotEqualTo(latents);
    }

    @Test
    void aPlainConsumerRebuildsTheLatentsFromTheEventAlone() throws IOException {
        String last = Jobs.DEMO.twoExperts() ? "denoise-low" : "denoise";
        JsonNode completed = event(eventsOf(first, "io.wanstreams.stage.completed.v1"), last);
        JsonNode reference = completed.path("outputs").path("bundles").path("latents");

        byte[] bytes = PlainConsumer.read(system.awaitBroker(), reference);

        assertThat(bytes).hasSize(reference.path("length").asInt());
        assertThat(SafetensorsReader.read(ByteBuffer.wrap(bytes), SafetensorsLimits.WIRE)
                        .tensor("latents"))
                .isEqualTo(jobs.latents(first, directory).tensor("latents"));
    }

    @Test
    void highAndLowNoiseExpertAreDifferentWorkers() throws IOException {
        Map<String, JsonNode> started = eventsOf(first, "io.wanstreams.stage.started.v1");

        assertThat(started.keySet())
                .containsAll(Jobs.DEMO.route().stream().map(Object::toString).toList());
        if (Jobs.DEMO.twoExperts()) {
            assertThat(worker(started, "denoise-high")).isNotEqualTo(worker(started, "denoise-low"));
        }
    }

    @Tag("foreign")
    @Test
    void kcatShowsEventsAndTicketsAsText() throws Exception {
        assertThat(kcat("wan.jobs"))
                .contains("ce_type=io.wanstreams.job.submitted.v1")
                .contains("ce_type=io.wanstreams.stage.completed.v1")
                .contains("\"worker\"")
                .contains(first.id());
        assertThat(kcat("wan.tickets.decode." + Jobs.DEMO.name()))
                .contains(first.id())
                .contains("\"turn\"");
    }

    /** A blue that grows lighter towards the bottom, as a picture and as [height, width, 3]. */
    private static BufferedImage sky(byte[] rgb) {
        BufferedImage picture = new BufferedImage(Jobs.SIDE, Jobs.SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < Jobs.SIDE; y++) {
            int light = 40 + 120 * y / Jobs.SIDE;
            for (int x = 0; x < Jobs.SIDE; x++) {
                int at = 3 * (y * Jobs.SIDE + x);
                rgb[at] = (byte) light;
                rgb[at + 1] = (byte) light;
                rgb[at + 2] = (byte) 200;
                picture.setRGB(x, y, light << 16 | light << 8 | 200);
            }
        }
        return picture;
    }

    /** The first job's events of a type, by stage. */
    private Map<String, JsonNode> eventsOf(Video video, String type) throws IOException {
        Map<String, JsonNode> byStage = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> entry : PlainConsumer.readAll(system.awaitBroker(), "wan.jobs")) {
            String found = new String(entry.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
            if (entry.key().equals(video.id()) && found.equals(type)) {
                JsonNode event = JSON.readTree(entry.value());
                byStage.put(event.path("stage").asText(), event);
            }
        }
        return byStage;
    }

    private static String worker(Map<String, JsonNode> started, String stage) {
        return event(started, stage).path("worker").asText();
    }

    private static JsonNode event(Map<String, JsonNode> events, String stage) {
        assertThat(events).containsKey(stage);
        return Objects.requireNonNull(events.get(stage));
    }

    private String kcat(String topic) throws IOException, InterruptedException {
        WanProcess kcat = WanProcess.start(
                List.of("kcat", "-b", system.awaitBroker(), "-C", "-t", topic, "-e", "-q", "-f", "%k %h %s\\n"));
        assertThat(kcat.exitCode()).as(kcat.printed()).isZero();
        return String.join("\n", kcat.out());
    }
}
