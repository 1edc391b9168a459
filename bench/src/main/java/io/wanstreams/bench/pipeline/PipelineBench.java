package io.wanstreams.bench.pipeline;

import io.wanstreams.bench.measure.Sample;
import io.wanstreams.bench.pipeline.Measurement.StageTime;
import io.wanstreams.bench.report.Columns;
import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Makes the same video again and again, one after the other, and looks at what is not the models' time. */
public final class PipelineBench {

    private static final double PROMISED_MILLIS = 500;
    private static final String MILLIS = "ms";

    private final List<Measurement> measured;

    private PipelineBench(List<Measurement> measured) {
        this.measured = measured;
    }

    /**
     * Measures.
     *
     * @param patience for one video
     * @param warmups videos that do not count
     */
    public static PipelineBench run(URI gateway, Map<String, Object> request, Duration patience, int warmups, int runs)
            throws IOException, InterruptedException {
        GatewayClient client = new GatewayClient(gateway, patience);
        List<Measurement> measured = new ArrayList<>();
        for (int i = 0; i < warmups + runs; i++) {
            Measurement measurement = client.make(request);
            if (i >= warmups) {
                measured.add(measurement);
            }
        }
        return new PipelineBench(measured);
    }

    /** The wall, the models' time, the rest, and where the rest is known to go. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(row("submission to news of the end", Measurement::wallMillis));
        rows.add(row("sum of the stages' compute", Measurement::computeMillis));
        rows.add(row("overhead", Measurement::overheadMillis));
        for (StageTime stage : measured.get(0).stages()) {
            String name = stage.stage();
            rows.add(row(name + ": claim", m -> of(m, name).claimMillis()));
            rows.add(row(name + ": work but compute", m -> of(m, name).besidesMillis()));
        }
        return rows;
    }

    /** The promise: what a person does not notice. */
    public Target target() {
        return new Target(
                "overhead p50, ms", sample(Measurement::overheadMillis).median(), PROMISED_MILLIS, false);
    }

    private Row row(String what, ToDoubleFunction<Measurement> figure) {
        return new Row(what, MILLIS, Columns.latency(sample(figure)));
    }

    private Sample sample(ToDoubleFunction<Measurement> figure) {
        return Sample.of(measured.stream().map(figure::applyAsDouble).toList());
    }

    private static StageTime of(Measurement measurement, String stage) {
        return measurement.stages().stream()
                .filter(s -> s.stage().equals(stage))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A video without the stage " + stage));
    }
}
