package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.cli.client.Video;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RestartIT {

    /** Long enough to be killed in the middle. */
    private static final int STEPS = 200;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aJobGoesOnAfterAKillInTheMiddle() throws IOException, InterruptedException {
        Video job;
        try (WanProcess killed = WanProcess.up(directory)) {
            Jobs jobs = new Jobs(killed.awaitUrl());
            job = jobs.submit("a green triangle circling at sunset", 3, STEPS);
            await().atMost(Duration.ofSeconds(60)).until(() -> isDenoising(jobs.get(job.id())));
            killed.kill();
        }
        try (WanProcess again = WanProcess.up(directory)) {
            Jobs jobs = new Jobs(again.awaitUrl());

            Video finished = jobs.finish(jobs.get(job.id()));

            assertThat(finished.stages()).hasSameSizeAs(Jobs.DEMO.route());
        }
    }

    private static boolean isDenoising(Video video) {
        assertThat(video.isCompleted()).as("done before it could be killed").isFalse();
        Video.StageProgress progress = video.stageProgress();
        return String.valueOf(video.stage()).startsWith("denoise")
                && progress != null
                && progress.step() != null
                && progress.step() > 0;
    }
}
