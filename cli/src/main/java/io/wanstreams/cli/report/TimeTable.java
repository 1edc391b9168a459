package io.wanstreams.cli.report;

import io.wanstreams.cli.client.Video;
import io.wanstreams.cli.client.Video.FinishedStage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the time of a job went: computing per stage, and what the pipeline added to that. */
public final class TimeTable {

    private final List<FinishedStage> stages;
    private final Duration wall;

    /** A table of a completed job that took {@code wall} from submission to completion, as the client saw it. */
    public TimeTable(Video video, Duration wall) {
        this.stages = video.stages();
        this.wall = wall;
    }

    /** Sum of the computing of all stages. */
    public Duration compute() {
        return Duration.ofMillis(
                stages.stream().mapToLong(stage -> millis(stage.computeMs())).sum());
    }

    /** What the pipeline added to the computing. */
    public Duration added() {
        return wall.minus(compute());
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("stage           compute s   stage s   worker\n");
        for (FinishedStage stage : stages) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-15s %9.2f %9.2f   %s%n",
                    ProgressDisplay.stageName(stage.stage()),
                    millis(stage.computeMs()) / 1000.0,
                    millis(stage.workMs()) / 1000.0,
                    stage.worker() == null ? "-" : stage.worker()));
        }
        table.append(row("sum of compute", compute()));
        table.append(row("pipeline added", added()));
        table.append(row("from submission", wall));
        return table.toString();
    }

    private static String row(String name, Duration time) {
        return String.format(Locale.ROOT, "%-15s %9.2f%n", name, time.toMillis() / 1000.0);
    }

    private static long millis(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
