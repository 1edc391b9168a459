package io.wanstreams.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobFollowerTest {

    /** A preview is a picture on the way, not a state of the job. */
    @Test
    void passesOverPreviews() throws IOException {
        List<String> seen = new ArrayList<>();
        try (FakeGateway gateway = new FakeGateway()) {
            gateway.answer("GET /v1/videos/7/events", 200, "text/event-stream", """
                    event: video.stage
                    data: {"id":"7","status":"in_progress"}

                    event: video.preview
                    data: {"object":"video.preview","video_id":"7"}

                    event: video.completed
                    data: {"id":"7","status":"completed"}

                    """);
            JobFollower follower = new JobFollower(
                    new VideosClient(gateway.url()),
                    new JobFollower.Patience(Duration.ofSeconds(5), Duration.ofSeconds(5)));

            Video last = follower.follow("7", video -> seen.add(video.isCompleted() ? "completed" : "under way"));

            assertThat(last.isCompleted()).isTrue();
        }
        assertThat(seen).containsExactly("under way", "completed");
    }
}
