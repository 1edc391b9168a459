package io.wanstreams.inference.vae;

import io.wanstreams.inference.graph.ConvShape;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.Arrays;

/** The norm over the channels of each pixel: x / max(‖x‖₂, 1e−12) · √C · γ. Source: vae.md §5.3. */
final class PixelNorm {

    private static final float FLOOR = 1e-12f;

    private PixelNorm() {}

    /** Followed by SiLU, as everywhere but in attention; x [1, channels, frames, height, width]. */
    static Value silu(GraphBuilder graph, String name, long channels, Value x) {
        Value gamma = graph.weight(name + ".gamma", channels, 1, 1, 1);
        return graph.at(name).silu(apply(graph.at(name), gamma, channels, x));
    }

    /**
     * With a given γ that spreads over x, [1, channels, …]. The sum over the channels is a convolution with ones, which
     * the runtime does several times faster than a reduction along this axis.
     */
    static Value apply(GraphBuilder graph, Value gamma, long channels, Value x) {
        Value squares =
                graph.conv(graph.mul(x, x), ones(graph, channels, x.rank()), null, ConvShape.plain(x.rank() - 2));
        Value length = graph.max(graph.sqrt(squares), graph.scalar(FLOOR));
        return graph.mul(graph.div(x, length), graph.mul(gamma, graph.scalar((float) Math.sqrt((double) channels))));
    }

    private static Value ones(GraphBuilder graph, long channels, int rank) {
        float[] values = new float[Math.toIntExact(channels)];
        Arrays.fill(values, 1);
        long[] dims = new long[rank];
        Arrays.fill(dims, 1);
        dims[1] = channels;
        return graph.constant(values, dims);
    }
}
