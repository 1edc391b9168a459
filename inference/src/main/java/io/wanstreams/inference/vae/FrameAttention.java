package io.wanstreams.inference.vae;

import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.List;

/** Attention among the pixels of a frame, one head as wide as the channels. Source: vae.md §5.6. */
record FrameAttention(String name, long channels) {

    /** x [1, channels, 1, height, width]; the middle of the network sees one frame at a time. */
    Value apply(GraphBuilder graph, Value x) {
        GraphBuilder here = graph.at(name);
        Value frame = here.squeeze(x, ChunkContext.TIME);
        Value normed = PixelNorm.apply(here, graph.weight(name + ".norm.gamma", channels, 1, 1), channels, frame);
        Dim pixels = x.dim(-2).times(x.dim(-1));
        Value rows = here.transpose(here.reshape(normed, List.of(Dim.of(channels), pixels)), 1, 0);
        List<Value> qkv = here.split(linear(graph, "to_qkv", 3 * channels, rows), 1, channels, channels, channels);
        Value attended = here.attention(
                here.unsqueeze(qkv.get(0), 0),
                here.unsqueeze(qkv.get(1), 0),
                here.unsqueeze(qkv.get(2), 0),
                null,
                1,
                1 / Math.sqrt((double) channels));
        Value mixed = linear(graph, "proj", channels, here.squeeze(attended, 0));
        return here.add(here.reshape(here.transpose(mixed, 1, 0), x.dims()), x);
    }

    /** A 1×1 convolution, seen as a matrix: rows [pixels, channels] to [pixels, out]. */
    private Value linear(GraphBuilder graph, String part, long out, Value rows) {
        String key = name + "." + part;
        Value weight = graph.weight(key + ".weight", new long[] {out, channels, 1, 1}, new long[] {out, channels});
        return graph.at(key).gemm(rows, weight, graph.weight(key + ".bias", out));
    }
}
