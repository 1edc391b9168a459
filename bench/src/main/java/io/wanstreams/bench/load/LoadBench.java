package io.wanstreams.bench.load;

import io.wanstreams.bench.measure.Sample;
import io.wanstreams.bench.report.Columns;
import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many jobs at once through a pool whose stage does nothing: whether all pass, how fast, and what stays in memory. */
public final class LoadBench {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int PARTS = 4;
    private static final double PROMISED_GROWTH_MEGABYTES = 16;

    private final List<Double> gaps;
    private final List<Double> heapMegabytes;
    private final double jobsPerSecond;

    private LoadBench(List<Double> gaps, List<Double> heapMegabytes, double jobsPerSecond) {
        this.gaps = gaps;
        this.heapMegabytes = heapMegabytes;
        this.jobsPerSecond = jobsPerSecond;
    }

    /**
     * Measures. The broker, when in this JVM, is part of the heap.
     *
     * @param jobs all queued before the workers begin
     */
    public static LoadBench run(String bootstrapServers, int workers, int jobs) throws Exception {
        try (Pool pool = new Pool(bootstrapServers, "bench-load")) {
            pool.queue(jobs);
            Shift shift = new Shift(jobs);
            List<Double> heap = new ArrayList<>();
            long began = System.nanoTime();
            pool.start(workers, worker -> new TimedStage(shift, worker, run -> 0));
            for (int part = 1; part <= PARTS; part++) {
                long left = (long) jobs * (PARTS - part) / PARTS;
                Pool.await(() -> shift.left() <= left, PATIENCE, "job " + (jobs - left) + " of " + jobs);
                heap.add(usedMegabytes());
            }
            return new LoadBench(shift.gaps(), heap, jobs / ((System.nanoTime() - began) / 1e9));
        }
    }

    /** What is left after a collection that the JVM was asked for; it is best taken as an upper bound. */
    private static double usedMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
    }

    public List<Row> rows() {
        return List.of(
                new Row("a worker from one job to the next", "ms", Columns.latency(Sample.of(gaps))),
                new Row("heap in use after each quarter of the jobs", "MB", Columns.latency(Sample.of(heapMegabytes))));
    }

    public double jobsPerSecond() {
        return jobsPerSecond;
    }

    /** All jobs are through when this can be asked; the promise is that they leave nothing behind. */
    public Target target() {
        double growth = heapMegabytes.get(heapMegabytes.size() - 1) - heapMegabytes.get(0);
        return new Target("heap growth from a quarter to all jobs, MB", growth, PROMISED_GROWTH_MEGABYTES, false);
    }
}
