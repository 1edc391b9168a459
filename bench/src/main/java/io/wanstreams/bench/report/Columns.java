package io.wanstreams.bench.report;

import io.wanstreams.bench.measure.Sample;
import java.util.LinkedHashMap;
import java.util.Map;

/** The two ways to sum up a sample in a row. */
public final class Columns {

    private Columns() {}

    /** For throughput of a few rounds: the median and how far the rounds lie apart. */
    public static Map<String, Double> spread(Sample sample) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("median", sample.median());
        figures.put("min", sample.min());
        figures.put("max", sample.max());
        return figures;
    }

    /** For latency of many events: what most see, and the slow ones. */
    public static Map<String, Double> latency(Sample sample) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("p50", sample.percentile(50));
        figures.put("p90", sample.percentile(90));
        figures.put("p99", sample.percentile(99));
        figures.put("max", sample.max());
        return figures;
    }
}
