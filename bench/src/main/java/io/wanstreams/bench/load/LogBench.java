package io.wanstreams.bench.load;

import io.wanstreams.bench.measure.Sample;
import io.wanstreams.bench.report.Columns;
import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.transport.log.JobView;
import java.util.ArrayList;
import java.util.List;

/** Whether a worker cares how long the job log is: its start, and a ticket's way to a won claim. */
public final class LogBench {

    private static final double PROMISED_RATIO = 2;

    private record Figures(List<Double> starts, List<Double> claims) {}

    private final int few;
    private final int many;
    private final Figures atFew;
    private final Figures atMany;

    private LogBench(int few, int many, Figures atFew, Figures atMany) {
        this.few = few;
        this.many = many;
        this.atFew = atFew;
        this.atMany = atMany;
    }

    /**
     * Measures beside a log of {@code few} jobs, then beside one of {@code many}.
     *
     * @param rounds workers that are started, each with a job of its own
     */
    public static LogBench run(String bootstrapServers, int few, int many, int rounds) throws Exception {
        try (Pool pool = new Pool(bootstrapServers, "bench-log")) {
            pool.jobs().fill(few);
            // The first of a JVM loads classes.
            measure(pool, 2);
            Figures atFew = measure(pool, rounds);
            pool.jobs().fill(many - few);
            return new LogBench(few, many, atFew, measure(pool, rounds));
        }
    }

    private static Figures measure(Pool pool, int rounds) throws Exception {
        List<Double> starts = new ArrayList<>();
        List<Double> claims = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            Shift shift = new Shift(1);
            long began = System.nanoTime();
            pool.start(1, worker -> new TimedStage(shift, worker, run -> 0));
            starts.add((System.nanoTime() - began) / 1e6);
            JobView submitted = pool.submit();
            pool.jobs().admit(submitted);
            Job done = pool.jobs().awaitCompleted(submitted);
            claims.add((double) done.completed().get(0).timings().claimMs());
            pool.stop();
        }
        return new Figures(starts, claims);
    }

    public List<Row> rows() {
        return List.of(
                row("worker's start, log of " + few + " jobs", atFew.starts()),
                row("worker's start, log of " + many + " jobs", atMany.starts()),
                row("ticket in hand to claim won, " + few + " jobs", atFew.claims()),
                row("ticket in hand to claim won, " + many + " jobs", atMany.claims()));
    }

    /** The promise: nobody reads the log from its beginning to work on a ticket. */
    public Target target() {
        return new Target(
                "start and claim p50, many jobs to few", median(atMany) / median(atFew), PROMISED_RATIO, false);
    }

    private static double median(Figures figures) {
        return Sample.of(figures.starts()).median()
                + Sample.of(figures.claims()).median();
    }

    private static Row row(String what, List<Double> values) {
        return new Row(what, "ms", Columns.latency(Sample.of(values)));
    }
}
