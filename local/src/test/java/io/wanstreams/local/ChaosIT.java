package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the whole harness. */
@Tag("slow")
class ChaosIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Test
    void nothingIsLostInAShortRun(@TempDir Path directory) throws Exception {
        try (WanProcess chaos = WanProcess.wan(
                "chaos",
                "--seed",
                "1",
                "--minutes",
                "0.5",
                "--jobs",
                "8",
                "--data",
                directory.resolve("run").toString())) {
            assertThat(chaos.exitCode(LIMIT)).as(chaos.printed()).isZero();
            assertThat(chaos.out()).anyMatch(line -> line.startsWith("ticket-in-hand"));
        }
    }
}
