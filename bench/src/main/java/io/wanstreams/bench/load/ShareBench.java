package io.wanstreams.bench.load;

import io.wanstreams.bench.measure.Sample;
import io.wanstreams.bench.report.Columns;
import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import io.wanstreams.transport.log.JobView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether a busy pool's workers ever wait while tickets do, and how soon an idle pool takes a lone ticket. */
public final class ShareBench {

    private static final double PROMISED_IDLE_SHARE = 0.05;
    private static final double PROMISED_START_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final double idleShare;
    private final List<Double> gaps;
    private final List<Double> starts;

    private ShareBench(double idleShare, List<Double> gaps, List<Double> starts) {
        this.idleShare = idleShare;
        this.gaps = gaps;
        this.starts = starts;
    }

    /**
     * Measures.
     *
     * @param jobs all queued before the workers begin, of 1.5 to 7.5 s, spread evenly and never two alike in a row
     * @param lone jobs afterwards, one at a time
     */
    public static ShareBench run(String bootstrapServers, int workers, int jobs, int lone) throws Exception {
        try (Pool pool = new Pool(bootstrapServers, "bench-share")) {
            pool.queue(jobs);
            Shift shift = new Shift(jobs);
            pool.start(
                    workers,
                    worker -> new TimedStage(
                            shift, worker, run -> length(run.job().id().toString())));
            Pool.await(() -> shift.left() == 0, PATIENCE, "the last job");
            pool.stop();
            return new ShareBench(shift.idleShare(), shift.gaps(), starts(pool, workers, lone));
        }
    }

    /** Milliseconds, from the job's random id: 1500 to 7500. */
    private static long length(String id) {
        return 1_500L + Math.floorMod(id.hashCode(), 6_001);
    }

    private static List<Double> starts(Pool pool, int workers, int lone) throws Exception {
        List<Double> starts = new ArrayList<>();
        Shift shift = new Shift(lone);
        StartTimes times = new StartTimes();
        pool.start(workers, worker -> run -> {
            times.started(run.job().id());
            return new TimedStage(shift, worker, any -> 0).run(run);
        });
        for (int i = 0; i < lone; i++) {
            JobView submitted = pool.submit();
            pool.jobs().admit(submitted);
            long committed = System.nanoTime();
            starts.add((times.await(submitted.id()) - committed) / 1e6);
        }
        return starts;
    }

    public List<Row> rows() {
        return List.of(
                new Row("a worker between two jobs, tickets waiting", "ms", Columns.latency(Sample.of(gaps))),
                new Row("lone ticket: commit to start, pool idle", "ms", Columns.latency(Sample.of(starts))));
    }

    /** The promise about busy pools. */
    public Target idleTarget() {
        return new Target("idle share of the workers' time", idleShare, PROMISED_IDLE_SHARE, false);
    }

    /** The promise about idle pools. */
    public Target startTarget() {
        return new Target("lone ticket to start p50, ms", Sample.of(starts).median(), PROMISED_START_MILLIS, false);
    }
}
