package io.wanstreams.bench.network;

import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.Session;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The fastest matrix product that the runtime offers on this machine, for the shape of a feed-forward layer, weights
 * prepacked and nothing else in the graph: what no network of such layers can exceed.
 */
final class GemmCeiling implements AutoCloseable {

    private final long tokens;
    private final long in;
    private final long out;
    private final Session session;
    private final SessionTensor rows;

    private GemmCeiling(long tokens, long in, long out, Session session, SessionTensor rows) {
        this.tokens = tokens;
        this.in = in;
        this.out = out;
        this.session = session;
        this.rows = rows;
    }

    /** The layer that widens: most of a block's products are of its kind. */
    static GemmCeiling of(TransformerConfig config, int tokens) {
        int in = config.width();
        int out = config.feedForwardWidth();
        GraphBuilder graph = GraphBuilder.of("gemm");
        Value x = graph.input("x", ElementType.FLOAT, List.of(Dim.of(tokens), Dim.of(in)));
        graph.output("y", graph.matMul(x, graph.constant(random(Math.multiplyExact(in, out)), in, out)));
        SessionSettings settings = SessionSettings.defaults().prepacking(true).arena(true);
        Session session = Session.open(graph.build(), Device.CPU, settings);
        float[] values = random(Math.multiplyExact(tokens, in));
        return new GemmCeiling(tokens, in, out, session, SessionTensor.of(values, tokens, in));
    }

    private static float[] random(int length) {
        Random random = new Random(length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /** Operations per second of one product. */
    double measure() {
        long began = System.nanoTime();
        try (Results results = session.run(Map.of("x", rows))) {
            results.get("y");
            return 2.0 * tokens * in * out / (System.nanoTime() - began) * 1e9;
        }
    }

    @Override
    public void close() {
        rows.close();
        session.close();
    }
}
