package io.wanstreams.inference.vae;

import io.wanstreams.inference.graph.ConvShape;
import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.List;

/**
 * Twice the height and width, and with {@code time} twice the frames. Source: vae.md §5.7, §5.8.
 *
 * @param in channels
 * @param out channels
 * @param time whether frames double too; the first chunk's single frame never does
 */
record Upsampler(String name, long in, long out, boolean time) {

    Value apply(GraphBuilder graph, ChunkContext context, Value x) {
        return space(graph, time ? doubleFrames(graph, context, x) : x);
    }

    private Value doubleFrames(GraphBuilder graph, ChunkContext context, Value x) {
        String key = name + ".time_conv";
        if (context.isFirst()) {
            context.skip(key, x);
            return x;
        }
        Value both = new CausalConv3d(key, in, 2 * in, 1).apply(graph, context, x);
        return interleave(graph.at(key), both, in, 2);
    }

    /** Channel blocks become neighbours in time: [1, n·c, frames, h, w] to [1, c, frames·n, h, w], n varying slowest. */
    private static Value interleave(GraphBuilder graph, Value x, long channels, long n) {
        Dim frames = x.dim(ChunkContext.TIME);
        Value apart = graph.reshape(
                x, List.of(Dim.of(n), Dim.of(channels), frames, x.dim(-2).times(x.dim(-1))));
        Value ordered = graph.transpose(apart, 1, 2, 0, 3);
        return graph.reshape(ordered, List.of(Dim.of(1), Dim.of(channels), frames.times(n), x.dim(-2), x.dim(-1)));
    }

    private Value space(GraphBuilder graph, Value x) {
        String key = name + ".resample.1";
        GraphBuilder here = graph.at(key);
        Value wide = here.unsqueeze(here.upsampleNearest(here.squeeze(x, 0), 2, 2), 0);
        Value weight = graph.weight(key + ".weight", new long[] {out, in, 3, 3}, new long[] {out, in, 1, 3, 3});
        return here.conv(
                wide,
                weight,
                graph.weight(key + ".bias", out),
                ConvShape.plain(3).pads(0, 1, 1));
    }
}
