package io.wanstreams.inference.vae;

import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;

/** The norm over the channels of each pixel: x / max(‖x‖₂, 1e−12) · √C · γ. Source: vae.md §5.3. */
final class PixelNorm {

    private static final float FLOOR = 1e-12f;

    private PixelNorm() {}

    /** Followed by SiLU, as everywhere but in attention; x [1, channels, frames, height, width]. */
    static Value silu(GraphBuilder graph, String name, long channels, Value x) {
        Value gamma = graph.weight(name + ".gamma", channels, 1, 1, 1);
        return graph.at(name).silu(apply(graph.at(name), gamma, channels, x));
    }

    /** With a given γ that spreads over x; channels are axis 1. */
    static Value apply(GraphBuilder graph, Value gamma, long channels, Value x) {
        Value length = graph.max(graph.reduceL2(x, true, 1), graph.scalar(FLOOR));
        return graph.mul(graph.div(x, length), graph.mul(gamma, graph.scalar((float) Math.sqrt((double) channels))));
    }
}
