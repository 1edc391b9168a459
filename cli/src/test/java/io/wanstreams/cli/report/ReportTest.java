package io.wanstreams.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.cli.client.Video;
import io.wanstreams.cli.client.Video.FinishedStage;
import io.wanstreams.cli.client.Video.StageProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final FinishedStage ENCODE = new FinishedStage("encode", "host/encode/1", 4L, 130L, 100L);
    private static final FinishedStage DENOISE = new FinishedStage("denoise-high", "host/high/1", 6L, 2050L, 2000L);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aPipeGetsALinePerStepAndStage() {
        ProgressDisplay display = new ProgressDisplay(out, 0);

        display.show(running("encode", null));
        display.show(running("denoise_high", new StageProgress(3, 6, 2.0), ENCODE));
        display.show(running("denoise_high", new StageProgress(3, 6, 2.0), ENCODE));
        display.show(running("denoise_high", new StageProgress(6, 6, 2.0), ENCODE));

        assertThat(printed().lines().map(String::strip))
                .containsExactly(
                        "encode",
                        "encode        done in 0.13 s",
                        "denoise-high  [###############...............] 3/6  2.0 steps/s  1.5 s left",
                        "denoise-high  [##############################] 6/6  2.0 steps/s  0.0 s left");
    }

    @Test
    void aTerminalsLineIsRedrawnAndNeverTooLong() {
        ProgressDisplay display = new ProgressDisplay(out, 40);

        display.show(running("denoise_high", new StageProgress(1, 2, 0.5)));
        display.show(running("denoise_high", new StageProgress(2, 2, 0.5)));

        assertThat(printed()).doesNotContain("\n");
        assertThat(printed().split("\r\033\\[K")).hasSize(3).allMatch(line -> line.length() < 40);
    }

    @Test
    void theTableAddsUp() {
        TimeTable table = new TimeTable(running("decode", null, ENCODE, DENOISE), Duration.ofMillis(2400));

        assertThat(table.compute()).isEqualTo(Duration.ofMillis(2100));
        assertThat(table.added()).isEqualTo(Duration.ofMillis(300));
        assertThat(table.toString())
                .contains("denoise-high         2.00      2.05   host/high/1")
                .contains("sum of compute       2.10")
                .contains("pipeline added       0.30")
                .contains("from submission      2.40");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Video running(String stage, @Nullable StageProgress progress, FinishedStage... finished) {
        return new Video("7", "in_progress", 0, stage, progress, null, null, List.of(), List.of(finished));
    }
}
