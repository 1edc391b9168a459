package io.wanstreams.bench.network;

import io.wanstreams.bench.measure.Sample;
import io.wanstreams.bench.measure.Turns;
import io.wanstreams.bench.report.Columns;
import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Timestep;
import io.wanstreams.inference.transformer.Transformer;
import io.wanstreams.inference.transformer.TransformerSetup;
import io.wanstreams.tensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Passes of a transformer, in turns with bare matrix products of the same machine. */
public final class DenoiseBench {

    private static final double PROMISED_SHARE = 0.75;
    private static final double GIGA = 1e9;

    /** Products per turn, so that a turn's best is not a disturbed one. */
    private static final int PRODUCTS = 3;

    private static final int TEXT_TOKENS = 60;

    private final double flops;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> textKept = new ArrayList<>();
    private final List<Double> ceiling = new ArrayList<>();

    private DenoiseBench(double flops) {
        this.flops = flops;
    }

    /** Measures. */
    public static DenoiseBench run(Checkpoint checkpoint, LatentShape latents, int warmups, int rounds)
            throws Exception {
        DenoiseBench bench =
                new DenoiseBench(TransformerSizes.cost(checkpoint, latents).flops());
        int tokens = latents.elements()
                / latents.channels()
                / checkpoint.transformer().patchElements();
        TransformerSetup setup = TransformerSetup.floats(Device.CPU, SessionSettings.defaults());
        try (Transformer transformer = Transformer.openHighNoise(checkpoint, setup);
                Transformer keeping = Transformer.openHighNoise(checkpoint, setup.textCacheBytes(Long.MAX_VALUE));
                GemmCeiling gemm = GemmCeiling.of(checkpoint.transformer(), tokens)) {
            Pass pass = Pass.of(checkpoint, latents);
            Turns.take(
                    warmups + rounds,
                    round -> {
                        keep(bench.seconds, round >= warmups, pass.seconds(transformer));
                        keep(bench.textKept, round >= warmups, pass.seconds(keeping));
                    },
                    round -> {
                        for (int i = 0; i < PRODUCTS; i++) {
                            keep(bench.ceiling, round >= warmups, gemm.measure());
                        }
                    });
        }
        return bench;
    }

    /** What a pass gets; the numbers do not matter. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Pass(float[] latents, LatentShape shape, Tensor text) {

        static Pass of(Checkpoint checkpoint, LatentShape shape) {
            Random random = new Random(1);
            float[] latents = new float[shape.elements()];
            for (int i = 0; i < latents.length; i++) {
                latents[i] = (float) random.nextGaussian();
            }
            int width = checkpoint.transformer().textDim();
            float[] rows = new float[TEXT_TOKENS * width];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = (float) random.nextGaussian() / 4;
            }
            return new Pass(latents, shape, Tensor.of(rows, TEXT_TOKENS, width));
        }

        double seconds(Transformer transformer) {
            long began = System.nanoTime();
            transformer.predict(latents, shape, Timestep.of(900), text, new Cancellation());
            return (System.nanoTime() - began) / GIGA;
        }
    }

    private static void keep(List<Double> values, boolean counts, double value) {
        if (counts) {
            values.add(value);
        }
    }

    /** Seconds of a pass and of a guided step, and both rates. */
    public List<Row> rows() {
        return List.of(
                new Row("one pass", "s", Columns.spread(Sample.of(seconds))),
                new Row("one pass, text's keys and values kept", "s", Columns.spread(Sample.of(textKept))),
                new Row("one step with guidance, two passes", "s", spread(seconds, s -> 2 * s)),
                new Row("transformer", "GFLOP/s", spread(seconds, s -> flops / s / GIGA)),
                new Row("matrix product alone, prepacked", "GFLOP/s", spread(ceiling, rate -> rate / GIGA)));
    }

    private interface Figure {
        double of(double value);
    }

    private static Map<String, Double> spread(List<Double> values, Figure figure) {
        return Columns.spread(Sample.of(values.stream().map(figure::of).toList()));
    }

    /** The promise: most of what bare products reach. */
    public Target target() {
        double share = flops / Sample.of(seconds).median() / Sample.of(ceiling).median();
        return new Target("transformer / matrix product, medians", share, PROMISED_SHARE, true);
    }
}
