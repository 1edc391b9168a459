package io.wanstreams.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.cli.client.FakeGateway;
import io.wanstreams.cli.client.VideosClient;
import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.transport.verify.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayCheckTest {

    private static final JobId JOB = new JobId(new UUID(1, 2));
    /** {@code printf video | sha256sum} */
    private static final String SHA256 = "0cab1c9617404faf2b24e221e189ca5945813e14d3f766345b09ca13bbe28ffc";

    private FakeGateway gateway;

    @BeforeEach
    void open() throws IOException {
        gateway = new FakeGateway();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void agreesWithAGatewayThatSaysWhatTheLogSays() {
        says("completed");
        content("video");
        assertThat(check("completed", video(SHA256))).isEmpty();
        says("failed");
        assertThat(check("failed", null)).isEmpty();
        assertThat(check("cancelled", null)).isEmpty();
        says("queued");
        assertThat(check("waiting", null)).isEmpty();
    }

    @Test
    void findsAnotherState() {
        says("in_progress");
        assertThat(check("completed", null)).singleElement().asString().contains("is in_progress to the gateway");
        assertThat(check("deleted", null)).singleElement().asString().contains("is deleted, and the gateway says");
    }

    @Test
    void findsAJobThatTheGatewayDoesNotKnow() {
        String refusal = "{\"error\":{\"message\":\"No such video\",\"type\":\"invalid_request_error\"}}";
        gateway.answer("GET /v1/videos/" + JOB, 404, "application/json", refusal);
        assertThat(check("completed", null)).singleElement().asString().contains("No such video");
        assertThat(check("deleted", null)).isEmpty();
    }

    @Test
    void findsAnotherVideo() {
        says("completed");
        content("vídeo");
        assertThat(check("completed", video(SHA256))).singleElement().asString().contains("SHA-256");
    }

    private List<String> check(String phase, @Nullable BundleRef video) {
        return new GatewayCheck(new VideosClient(gateway.url())).check(Map.of(JOB, new Outcome(phase, null, video)));
    }

    private void says(String status) {
        String body = "{\"id\":\"" + JOB + "\",\"object\":\"video\",\"status\":\"" + status + "\"}";
        gateway.answer("GET /v1/videos/" + JOB, 200, "application/json", body);
    }

    private void content(String text) {
        gateway.answer(
                "GET /v1/videos/" + JOB + "/content?variant=video",
                200,
                "video/mp4",
                text.getBytes(StandardCharsets.UTF_8));
    }

    private static BundleRef video(String sha256) {
        return new BundleRef("wan.media", "id", 0, 0, 0, 5, 1, sha256, "video/mp4", List.of());
    }
}
