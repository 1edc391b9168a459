package io.wanstreams.inference.vae;

import io.wanstreams.inference.graph.ConvShape;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;

/**
 * Half the height and width, and with {@code time} half the frames. Source: vae.md §5.7, §5.8.
 *
 * @param time whether frames are halved too; the first chunk's single frame never is
 */
record Downsampler(String name, long channels, boolean time) {

    Value apply(GraphBuilder graph, ChunkContext context, Value x) {
        Value small = space(graph, x);
        return time ? halveFrames(graph, context, small) : small;
    }

    /** Padded at the right and at the bottom only. */
    private Value space(GraphBuilder graph, Value x) {
        String key = name + ".resample.1";
        long[] stored = {channels, channels, 3, 3};
        return graph.at(key)
                .conv(
                        x,
                        graph.weight(key + ".weight", stored, new long[] {channels, channels, 1, 3, 3}),
                        graph.weight(key + ".bias", channels),
                        ConvShape.plain(3).strides(1, 2, 2).pads(new long[] {0, 0, 0}, new long[] {0, 1, 1}));
    }

    private Value halveFrames(GraphBuilder graph, ChunkContext context, Value x) {
        String key = name + ".time_conv";
        if (context.isFirst()) {
            context.pass(key, x);
            return x;
        }
        return graph.at(key)
                .conv(
                        context.extend(key, x, 1),
                        graph.weight(key + ".weight", channels, channels, 3, 1, 1),
                        graph.weight(key + ".bias", channels),
                        ConvShape.plain(3).strides(2, 1, 1));
    }
}
