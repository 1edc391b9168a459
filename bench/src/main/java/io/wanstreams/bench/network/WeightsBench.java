package io.wanstreams.bench.network;

import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two processes load the same large checkpoint and run it once. */
public final class WeightsBench {

    private static final double MEBIBYTE = 1 << 20;
    private static final double PROMISED_SECONDS = 2;
    private static final int PROCESSES = 2;

    private final List<Row> rows;
    private final double slowest;

    private WeightsBench(List<Row> rows, double slowest) {
        this.rows = rows;
        this.slowest = slowest;
    }

    /**
     * Measures.
     *
     * @param heapMegabytes that each process may have
     */
    public static WeightsBench run(RandomCheckpoint model, int heapMegabytes) throws IOException, InterruptedException {
        List<LoadingProcess> processes = new ArrayList<>();
        try {
            List<Row> rows = new ArrayList<>();
            double slowest = 0;
            for (int i = 0; i < PROCESSES; i++) {
                LoadingProcess process = LoadingProcess.start(model.directory(), heapMegabytes);
                processes.add(process);
                slowest = Math.max(slowest, process.loaded().seconds());
            }
            for (int i = 0; i < PROCESSES; i++) {
                rows.add(row("process " + (i + 1) + " of " + PROCESSES, processes.get(i)));
            }
            return new WeightsBench(rows, slowest);
        } finally {
            processes.forEach(LoadingProcess::close);
        }
    }

    private static Row row(String what, LoadingProcess process) throws IOException {
        ProcessMemory memory = ProcessMemory.of(process.pid());
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("load s", process.loaded().seconds());
        figures.put("weights MiB", process.loaded().weightBytes() / MEBIBYTE);
        figures.put("heap MiB", process.loaded().heapBytes() / MEBIBYTE);
        figures.put("RSS MiB", memory.resident() / MEBIBYTE);
        figures.put("PSS MiB", memory.proportional() / MEBIBYTE);
        return new Row(what, "", figures);
    }

    public List<Row> rows() {
        return rows;
    }

    /** The promise: loading is mapping. That nothing is copied shows in PSS, which is half of RSS with two processes. */
    public Target target() {
        return new Target("seconds to a runnable session", slowest, PROMISED_SECONDS, false);
    }
}
