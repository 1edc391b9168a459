package io.wanstreams.local.chaos;

import io.wanstreams.cli.verify.VerdictTable;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.local.chaos.Measures.Resumption;
import io.wanstreams.transport.crash.CrashPoint;
import io.wanstreams.transport.verify.Verdict;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run shows, in tables, and whether it is what must hold. */
record ChaosReport(
        ChaosSettings settings,
        ModelProfile model,
        CrashBook book,
        Measures measures,
        Map<String, Integer> deaths,
        Verdict verdict,
        List<String> problems) {

    private static final Duration RESUMED_WITHIN = Duration.ofSeconds(25);

    /** One checkpoint interval, and the step that ended while the checkpoint was on its way. */
    private static final int LOST_STEPS_LIMIT = ChaosSettings.CHECKPOINT_STEPS + 1;

    boolean print(PrintStream out) {
        printMatrix(out);
        printResumptions(out);
        printLost(out);
        out.println("processes died: " + deaths);
        out.println("poisoned jobs, and processes that died of each: " + book.poisonings());
        out.print(new VerdictTable(verdict));
        problems.forEach(problem -> out.println("problem: " + problem));
        boolean well = isWell();
        out.println("chaos seed " + settings.seed() + ", " + settings.length().toSeconds() + " s, "
                + verdict.jobs().size() + " jobs: "
                + (well ? "nothing lost, doubled or changed" : "FAILED, see above"));
        return well;
    }

    private boolean isWell() {
        return verdict.isClean()
                && problems.isEmpty()
                && book.missing().isEmpty()
                && Arrays.stream(Kind.values())
                        .flatMap(kind -> measures.resumptions(kind).stream())
                        .noneMatch(time -> time.alone() && time.after().compareTo(RESUMED_WITHIN) >= 0)
                && measures.losses().stream().noneMatch(loss -> loss.alone() && loss.steps() > LOST_STEPS_LIMIT);
    }

    private void printMatrix(PrintStream out) {
        StringBuilder head = new StringBuilder(String.format("%-20s %8s", "died at", "gateway"));
        model.route().forEach(stage -> head.append(String.format(" %13s", stage)));
        out.println(head);
        for (CrashPoint point : CrashPoint.values()) {
            StringBuilder row = new StringBuilder(String.format("%-20s", point));
            row.append(String.format(" %8s", point.isAtStage() ? "" : book.hits(new Crash(point, null))));
            for (StageName stage : model.route()) {
                boolean here = point.stages(model.route()).contains(stage);
                row.append(String.format(" %13s", here ? book.hits(new Crash(point, stage)) : ""));
            }
            out.println(row);
        }
        if (!book.missing().isEmpty()) {
            out.println("never died at: " + book.missing());
        }
    }

    private void printResumptions(PrintStream out) {
        out.println(String.format(
                "%-28s %6s %10s %10s %22s",
                "work went on after", "times", "median s", "worst s", "worst s with no other"));
        for (Kind kind : Kind.values()) {
            List<Duration> all =
                    measures.resumptions(kind).stream().map(Resumption::after).toList();
            List<Duration> alone = measures.resumptions(kind).stream()
                    .filter(Resumption::alone)
                    .map(Resumption::after)
                    .toList();
            out.println(String.format(
                    "%-28s %6d %10s %10s %22s",
                    kind.text(), all.size(), seconds(all, all.size() / 2), worst(all), worst(alone)));
        }
    }

    private void printLost(PrintStream out) {
        out.println("steps lost per death of a denoise worker at work, a checkpoint being due every "
                + ChaosSettings.CHECKPOINT_STEPS + ": "
                + measures.losses().stream()
                        .map(loss -> loss.steps() + (loss.alone() ? "" : " (broker or network in trouble)"))
                        .collect(Collectors.joining(", ")));
    }

    private static String worst(List<Duration> times) {
        return seconds(times, times.size() - 1);
    }

    private static String seconds(List<Duration> times, int index) {
        return times.isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.1f", times.get(index).toMillis() / 1000.0);
    }
}
