package io.wanstreams.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.cli.client.FakeGateway.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideosClientTest {

    private static final String QUEUED = "{\"id\":\"7\",\"object\":\"video\",\"status\":\"queued\"}";
    private static final String RUNNING =
            "{\"id\":\"7\",\"status\":\"in_progress\",\"stage\":\"denoise_high\",\"stage_progress\":"
                    + "{\"step\":2,\"of\":5,\"steps_per_second\":4.0},\"new_field\":[1]}";
    private static final String COMPLETED =
            "{\"id\":\"7\",\"status\":\"completed\",\"effective_params\":{\"seed\":9},\"stages\":"
                    + "[{\"stage\":\"encode\",\"worker\":\"w\",\"claim_ms\":1,\"work_ms\":30,\"compute_ms\":20}]}";

    private final FakeGateway gateway;
    private final VideosClient client;

    @TempDir
    private Path directory = Path.of("");

    VideosClientTest() throws IOException {
        gateway = new FakeGateway();
        client = new VideosClient(gateway.url());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void submitsJson() {
        gateway.answer("POST /v1/videos", 200, "application/json", QUEUED);

        Video video = client.submit(Submission.of(Map.of("prompt", "球", "fps", 12)));

        assertThat(video.id()).isEqualTo("7");
        Request request = gateway.requests().get(0);
        assertThat(request.contentType()).isEqualTo("application/json");
        assertThat(request.utf8()).isEqualTo("{\"fps\":12,\"prompt\":\"球\"}");
    }

    @Test
    void sendsNoiseAsAFormsFile() throws IOException {
        gateway.answer("POST /v1/videos", 200, "application/json", QUEUED);
        Path noise = Files.write(directory.resolve("noise"), new byte[] {0, 13, 10, -1});

        client.submit(new Submission(Map.of("prompt", "a ball"), Map.of(Submission.NOISE, noise)));

        Request request = gateway.requests().get(0);
        String boundary = request.contentType().replace("multipart/form-data; boundary=", "");
        assertThat(request.latin1())
                .isEqualTo("--" + boundary
                        + "\r\n"
                        + "Content-Disposition: form-data; name=\"prompt\"\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n\r\n"
                        + "a ball\r\n"
                        + "--"
                        + boundary
                        + "\r\nContent-Disposition: form-data; name=\"noise\"; filename=\"noise\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n\0\r\n\u00ff\r\n--" + boundary + "--\r\n");
    }

    @Test
    void aRefusalNamesTheParameter() {
        gateway.answer(
                "POST /v1/videos",
                400,
                "application/json",
                "{\"error\":{\"message\":\"expected 1 to 200, found 0\",\"param\":\"num_inference_steps\"}}");

        assertThatThrownBy(() -> client.submit(Submission.of(Map.of("prompt", "x"))))
                .isInstanceOf(VideosException.class)
                .hasMessage("num_inference_steps: expected 1 to 200, found 0");
    }

    @Test
    void somebodyElsesServerIsRecognised() {
        gateway.answer("GET /v1/videos/7", 200, "text/html", "<html>");

        assertThatThrownBy(() -> client.get("7")).hasMessageContaining("no video object");
        assertThatThrownBy(() -> client.get("8")).hasMessageContaining("HTTP status 404");
    }

    @Test
    void aGatewayThatIsNotThereIsNamed() {
        VideosClient nowhere = new VideosClient(URI.create("http://localhost:1"));

        assertThatThrownBy(() -> nowhere.get("7"))
                .isInstanceOf(VideosException.class)
                .hasMessageStartingWith("No gateway answers at http://localhost:1");
    }

    @Test
    void downloadsWholeFilesOnly() throws IOException {
        Path file = directory.resolve("out.mp4");
        gateway.answer("GET /v1/videos/7/content?variant=video", 200, "video/mp4", new byte[] {1, 2, 3});

        assertThat(client.download("7", Variant.VIDEO, file)).isEqualTo(3);
        assertThatThrownBy(() -> client.download("7", Variant.LATENTS, directory.resolve("none")))
                .isInstanceOf(VideosException.class);
        assertThat(directory).isDirectoryContaining(path -> path.equals(file));
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void followsAJobToItsEnd() {
        gateway.answer(
                "GET /v1/videos/7/events",
                200,
                "text/event-stream",
                "event: video.stage\nid: 0:1\ndata: " + QUEUED + "\n\nevent: video.progress\ndata: " + RUNNING
                        + "\n\nevent: video.completed\ndata: " + COMPLETED + "\n\n");
        List<String> seen = new ArrayList<>();

        Video video = follower(Duration.ofSeconds(30)).follow("7", state -> seen.add(state.status()));

        assertThat(seen).containsExactly("queued", "in_progress", "completed");
        assertThat(video.parameter("seed")).isEqualTo("9");
        assertThat(video.stages().get(0).computeMs()).isEqualTo(20);
    }

    @Test
    void asksForTheJobWhenTheStreamBreaks() {
        gateway.answer(
                "GET /v1/videos/7/events", 200, "text/event-stream", "event: video.stage\ndata: " + QUEUED + "\n\n");
        gateway.answer("GET /v1/videos/7", 200, "application/json", COMPLETED);

        assertThat(follower(Duration.ofMillis(200)).follow("7", state -> {}).isCompleted())
                .isTrue();
    }

    @Test
    void givesUpOnAGatewayThatIsGone() {
        assertThatThrownBy(() -> follower(Duration.ofMillis(200)).follow("7", state -> {}))
                .isInstanceOf(VideosException.class);
    }

    private JobFollower follower(Duration silence) {
        return new JobFollower(client, new JobFollower.Patience(silence, Duration.ofMillis(300)));
    }
}
