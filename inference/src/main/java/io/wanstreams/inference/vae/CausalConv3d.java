package io.wanstreams.inference.vae;

import io.wanstreams.inference.graph.ConvShape;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;

/**
 * A convolution that looks back in time only. Source: vae.md §5.1, §5.8.
 *
 * @param name of the weights
 * @param in channels
 * @param out channels
 * @param space height and width of the kernel, odd; zero padding keeps the frame's size
 */
record CausalConv3d(String name, long in, long out, long space) {

    private static final long TIME = 3;

    static CausalConv3d cube(String name, long in, long out) {
        return new CausalConv3d(name, in, out, 3);
    }

    /** x [1, in, frames, height, width] to [1, out, frames, height, width]. */
    Value apply(GraphBuilder graph, ChunkContext context, Value x) {
        Value weight = graph.weight(name + ".weight", out, in, TIME, space, space);
        ConvShape shape = ConvShape.plain(3).pads(0, space / 2, space / 2);
        return graph.at(name).conv(context.extend(name, x), weight, graph.weight(name + ".bias", out), shape);
    }

    /** A convolution of single pixels, which needs no context: x [1, in, …] to [1, out, …]. */
    static Value pointwise(GraphBuilder graph, String name, long in, long out, Value x) {
        Value weight = graph.weight(name + ".weight", out, in, 1, 1, 1);
        return graph.at(name).conv(x, weight, graph.weight(name + ".bias", out), ConvShape.plain(3));
    }
}
