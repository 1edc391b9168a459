package io.wanstreams.cli.report;

import io.wanstreams.cli.client.Video;
import io.wanstreams.cli.client.Video.FinishedStage;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows a job while it runs: one redrawn line per stage on a terminal, a line per step elsewhere. */
public final class ProgressDisplay {

    private static final int BAR_CHARS = 30;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    /** Of the terminal; 0 when there is none. */
    private final int columns;

    private int finished;
    private String last = "";

    public ProgressDisplay(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Shows what is new in this state of the job. */
    public void show(Video video) {
        for (; finished < video.stages().size(); finished++) {
            line(done(video.stages().get(finished)));
        }
        if (!video.isCompleted() && !video.isFailed()) {
            String now = running(video);
            if (now != null && !now.equals(last)) {
                last = now;
                draw(now);
            }
        }
    }

    /** Says something in between. */
    public void line(String text) {
        last = "";
        out.println(columns > 0 ? CLEAR_LINE + text : text);
        out.flush();
    }

    private void draw(String text) {
        if (columns > 0) {
            out.print(CLEAR_LINE + text.substring(0, Math.min(text.length(), columns - 1)));
        } else {
            out.println(text);
        }
        out.flush();
    }

    private @Nullable String running(Video video) {
        if (video.stage() == null) {
            return null;
        }
        Video.StageProgress progress = video.stageProgress();
        if (progress == null || progress.step() == null || progress.of() == null || progress.of() < 1) {
            return String.format(Locale.ROOT, "%-13s", stageName(video.stage()));
        }
        int step = progress.step();
        int of = progress.of();
        String text = String.format(
                Locale.ROOT, "%-13s %s %d/%d", stageName(video.stage()), bar((double) step / of), step, of);
        Double rate = progress.stepsPerSecond();
        if (rate != null && rate > 0) {
            text += String.format(Locale.ROOT, "  %.1f steps/s  %.1f s left", rate, Math.max(0, of - step) / rate);
        }
        return text;
    }

    private static String bar(double share) {
        int full = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR_CHARS);
        return "[" + "#".repeat(full) + ".".repeat(BAR_CHARS - full) + "]";
    }

    private static String done(FinishedStage stage) {
        Long millis = stage.workMs();
        return String.format(Locale.ROOT, "%-13s done", stageName(stage.stage()))
                + (millis == null ? "" : String.format(Locale.ROOT, " in %.2f s", millis / 1000.0));
    }

    static String stageName(String stage) {
        return stage.replace('_', '-');
    }
}
