package io.wanstreams.gateway.http;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.wanstreams.gateway.FakeWorkers;
import io.wanstreams.gateway.GatewayTestResource;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Tensor;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A job from the request to the downloaded file, dispatched by the real dispatcher and worked on by fakes. */
@QuarkusTest
@QuarkusTestResource(GatewayTestResource.class)
final class VideoLifecycleIT {

    private static FakeWorkers workers;

    @BeforeAll
    static void startWorkers() {
        workers = new FakeWorkers(
                SharedBroker.bootstrapServers(), job -> job.request().metadata().containsKey("fake"));
    }

    @AfterAll
    static void stopWorkers() {
        workers.close();
    }

    @Test
    void aFinishedJobTellsHowItWasMade() {
        String id = finished();

        when().get("/v1/videos/" + id)
                .then()
                .body("status", equalTo("completed"))
                .body("progress", equalTo(100))
                .body("effective_params.prompt", equalTo("a cat, sharp"))
                .body("prompt", equalTo("a cat"))
                .body("stage", equalTo("decode"))
                .body("stages.stage", equalTo(List.of("prompt", "encode", "denoise_high", "denoise_low", "decode")))
                .body("stages[4].worker", equalTo("fake"))
                .body("stages[4].compute_ms", equalTo(10))
                .body("stages.work_ms", hasItem(20));
    }

    @Test
    void itsContentComesWholeInPartsAndUnderItsDigest() {
        String path = "/v1/videos/" + finished() + "/content";
        byte[] video = FakeWorkers.video();
        Response whole = when().get(path);

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.contentType()).isEqualTo("video/mp4");
        assertThat(whole.asByteArray()).isEqualTo(video);
        assertThat(whole.header("Content-Length")).isEqualTo("3000000");
        String etag = whole.header("ETag");
        Response part = given().header("Range", "bytes=1000000-1999999").get(path);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes 1000000-1999999/3000000");
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(video, 1_000_000, 2_000_000));
        Response tail = given().header("Range", "bytes=-5").get(path);
        assertThat(tail.asByteArray()).isEqualTo(Arrays.copyOfRange(video, 2_999_995, 3_000_000));
        Response beyond = given().header("Range", "bytes=3000000-").get(path);
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */3000000");
        assertThat(given().header("If-None-Match", etag).get(path).statusCode()).isEqualTo(304);
        assertThat(given().header("Range", "bytes=0-9")
                        .header("If-Range", "\"other\"")
                        .get(path)
                        .statusCode())
                .isEqualTo(200);
        Response head = given().head(path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("3000000");
        assertThat(head.header("ETag")).isEqualTo(etag);
        assertThat(head.asByteArray()).isEmpty();
        assertThat(given().get(path + "?variant=latents").asByteArray()).containsExactly(1, 2, 3);
        assertThat(given().get(path + "?variant=thumbnail").contentType()).isEqualTo("image/jpeg");
        given().get(path + "?variant=frames").then().statusCode(404).body("error.code", equalTo("no_such_variant"));
    }

    @Test
    void aJobThatIsBeingDenoisedShowsAPicture() {
        String id = given().contentType(ContentType.JSON)
                .body("{\"prompt\":\"a cat\",\"metadata\":{\"fake\":\"1\",\"gated\":\"1\"}}")
                .post("/v1/videos")
                .path("id");
        String path = "/v1/videos/" + id + "/content?variant=preview";
        given().get(path).then().statusCode(404).body("error.code", equalTo("no_preview"));

        workers.admit(3);
        Awaitility.await().until(() -> given().get(path).statusCode() == 200);

        Response picture = given().get(path);
        assertThat(picture.contentType()).isEqualTo("image/jpeg");
        assertThat(picture.header("Cache-Control")).isEqualTo("no-store");
        assertThat(picture.asByteArray()).isEqualTo(FakeWorkers.preview());
        assertThat(given().header("If-None-Match", picture.header("ETag"))
                        .get(path)
                        .statusCode())
                .isEqualTo(304);
        workers.admit(2);
        Awaitility.await()
                .until(() -> "completed".equals(given().get("/v1/videos/" + id).path("status")));
        given().get(path).then().statusCode(404).body("error.code", equalTo("no_preview"));
    }

    @Test
    void itsManifestSaysHowItWasMade() {
        String path = "/v1/videos/" + finished() + "/content?variant=manifest";
        Response manifest = when().get(path);

        assertThat(manifest.contentType()).startsWith("application/json");
        assertThat(manifest.<String>path("format")).isEqualTo("io.wanstreams.manifest.v1");
        assertThat(manifest.<Integer>path("stages[4].files.video.bytes")).isEqualTo(FakeWorkers.VIDEO_BYTES);
        assertThat(manifest.<String>path("effective_params.model")).isEqualTo("wan2.2-t2v-a14b");
        assertThat(given().header("If-None-Match", manifest.header("ETag"))
                        .get(path)
                        .statusCode())
                .isEqualTo(304);
        assertThat(given().header("Range", "bytes=0-0").get(path).asString()).isEqualTo("{");
        given().post(path.replace("/content?variant=manifest", "/cancel"))
                .then()
                .statusCode(409)
                .header("x-should-retry", "false")
                .body("error.code", equalTo("video_over"));
    }

    @Test
    void waitsForTheVideoWhenAskedTo() {
        Response video = given().multiPart("prompt", "a robot")
                .multiPart("size", "64x64")
                .multiPart("num_frames", "5")
                .multiPart("metadata[fake]", "1")
                .post("/v1/videos/sync");

        assertThat(video.statusCode()).isEqualTo(200);
        assertThat(video.contentType()).isEqualTo("video/mp4");
        assertThat(video.asByteArray()).isEqualTo(FakeWorkers.video());
        assertThat(video.header("X-Model")).isEqualTo("wan2.2-t2v-a14b");
        assertThat(video.header("X-Stage-Durations")).contains("\"decode\":0.02");
        given().multiPart("prompt", "").post("/v1/videos/sync").then().statusCode(400);
    }

    @Test
    void itsEventsComeInOrderAndEnd() throws Exception {
        String id = create("\"fake\":\"1\",\"gated\":\"1\"");
        HttpResponse<Stream<String>> events = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(videos() + "/" + id + "/events"))
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        assertThat(events.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        workers.admit(5);
        List<String> lines = events.body().toList();

        List<String> names =
                lines.stream().filter(line -> line.startsWith("event:")).toList();
        List<String> ids = lines.stream().filter(line -> line.startsWith("id:")).toList();
        assertThat(names.get(0)).isEqualTo("event:video.stage");
        assertThat(names.get(names.size() - 1)).isEqualTo("event:video.completed");
        assertThat(names).contains("event:video.progress");
        assertThat(ids)
                .hasSizeGreaterThanOrEqualTo(10)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.matches("id:\\d+:\\d+"));
        assertThat(String.join("", lines)).contains("\"status\":\"completed\"");
    }

    @Test
    void eventsOfAFinishedJobAreItsEnd() throws Exception {
        String body = given().get("/v1/videos/" + finished() + "/events").asString();

        assertThat(body.lines().filter(line -> line.startsWith("event:"))).containsExactly("event:video.completed");
    }

    @Test
    void noiseIsCheckedAndStored() throws Exception {
        // 64x64 and 5 frames: 16 channels, 2 latent frames, 8 x 8.
        byte[] right = safetensors(Map.of("latents", Tensor.of(new float[16 * 2 * 8 * 8], 16, 2, 8, 8)));
        byte[] wrong = safetensors(Map.of("latents", Tensor.of(new float[16 * 8 * 8], 16, 1, 8, 8)));
        byte[] other = safetensors(Map.of("noise", Tensor.of(new float[1], 1)));

        assertThat(noise(right).statusCode()).isEqualTo(200);
        noise(wrong).then().statusCode(400).body("error.param", equalTo("noise"));
        noise(other).then().statusCode(400).body("error.param", equalTo("noise"));
        noise(new byte[] {1}).then().statusCode(400).body("error.param", equalTo("noise"));
    }

    private static Response noise(byte[] file) {
        return given().multiPart("prompt", "a cat")
                .multiPart("size", "64x64")
                .multiPart("num_frames", "5")
                .multiPart("noise", "noise.safetensors", file)
                .post("/v1/videos");
    }

    private static byte[] safetensors(Map<String, Tensor> tensors) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafetensorsWriter.of(tensors).writeTo(Channels.newChannel(out));
        return out.toByteArray();
    }

    private static String finished() {
        String id = create("\"fake\":\"1\"");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> when().get("/v1/videos/" + id).then().body("status", equalTo("completed")));
        return id;
    }

    private static String create(String metadata) {
        return given().contentType(ContentType.JSON)
                .body("{\"prompt\":\"a cat\",\"size\":\"64x64\",\"num_frames\":5,\"metadata\":{" + metadata + "}}")
                .post("/v1/videos")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private static URI videos() {
        return URI.create("http://localhost:" + RestAssured.port + "/v1/videos");
    }
}
