package io.wanstreams.bench;

import io.wanstreams.bench.checkpoint.CheckpointBench;
import io.wanstreams.bench.checkpoint.SolverState;
import io.wanstreams.bench.measure.Machine;
import io.wanstreams.bench.report.Report;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a checkpoint costs. */
@Command(
        name = "checkpoint",
        mixinStandardHelpOptions = true,
        description = "Saves the state of a video of 1280x720 while a worker computes: what it holds up, "
                + "and how many bytes an hour of work writes.")
final class CheckpointCommand implements Callable<Integer> {

    /** 16 channels, 81 frames of 1280x720 through a VAE of strides 4 and 8 (spec of the A14B models). */
    private static final long[] LATENTS = {16, 21, 90, 160};

    private static final int SECONDS_PER_HOUR = 3_600;

    @Mixin
    private BrokerChoice broker = new BrokerChoice();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--rounds", description = "Checkpoints that count; default ${DEFAULT-VALUE}.")
    private int rounds = 20;

    @Option(
            names = "--step-seconds",
            description = "How long a step takes, for the bytes per hour; default ${DEFAULT-VALUE}.")
    private int stepSeconds = 20;

    @Option(
            names = "--every-seconds",
            description = "wan.denoise.checkpoint.every, for the bytes per hour; default ${DEFAULT-VALUE}.")
    private int everySeconds = 60;

    @Option(
            names = "--every-steps",
            description = "wan.denoise.checkpoint.every-steps, for the bytes per hour; default ${DEFAULT-VALUE}.")
    private int everySteps = 5;

    @Override
    public Integer call() throws Exception {
        Limits.check("--rounds", rounds, 1, 1_000);
        Limits.check("--step-seconds", stepSeconds, 1, SECONDS_PER_HOUR);
        Limits.check("--every-seconds", everySeconds, 1, SECONDS_PER_HOUR);
        Limits.check("--every-steps", everySteps, 1, 1_000);
        SolverState state = SolverState.of(LATENTS);
        CheckpointBench bench = broker.use(servers -> CheckpointBench.run(servers, state, rounds));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("broker", broker.toString());
        settings.put("size", String.format(Locale.ROOT, "%.1f MB", state.bytes() / 1e6));
        settings.put("rounds", rounds + " after 2 for warming up");
        settings.put("per hour", perHour(state.bytes()));
        return report.print(new Report(
                "checkpoint",
                Machine.here(),
                "./wan bench checkpoint --rounds " + rounds + " --step-seconds " + stepSeconds + " --every-seconds "
                        + everySeconds + " --every-steps " + everySteps + broker.asOption(),
                settings,
                bench.rows(),
                bench.target()));
    }

    /** One is made at the first step that ends after the interval, or after so many steps, whichever is first. */
    String perHour(long bytes) {
        int steps = Math.min(everySteps, (everySeconds + stepSeconds - 1) / stepSeconds);
        double perHour = (double) SECONDS_PER_HOUR / (steps * stepSeconds);
        return String.format(
                Locale.ROOT,
                "%.2f GB of checkpoints to the broker per GPU-hour, each replica: %.0f, every %d steps of %d s",
                perHour * bytes / 1e9,
                perHour,
                steps,
                stepSeconds);
    }
}
