package io.wanstreams.inference.vae;

import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.List;

/**
 * Square patches of pixels as channels: {@code patch[c·p² + r·p + q, y, x] = image[c, p·y + q, p·x + r]}. The row offset
 * q varies fastest, unlike in depth-to-space. Source: vae.md §5.9.
 */
final class Patches {

    private Patches() {}

    /** [1, c, frames, h·p, w·p] to [1, c·p², frames, h, w]. */
    static Value fold(GraphBuilder graph, long p, Value x) {
        if (p == 1) {
            return x;
        }
        Dim channels = x.dim(1);
        Dim frames = x.dim(ChunkContext.TIME);
        Dim h = x.dim(-2).dividedBy(p);
        Dim w = x.dim(-1).dividedBy(p);
        Value apart = graph.reshape(x, List.of(channels, frames, h, Dim.of(p), w, Dim.of(p)));
        Value ordered = graph.transpose(apart, 0, 5, 3, 1, 2, 4);
        return graph.reshape(ordered, List.of(Dim.of(1), channels.times(p * p), frames, h, w));
    }

    /** [1, c·p², frames, h, w] to [1, c, frames, h·p, w·p]. */
    static Value unfold(GraphBuilder graph, long p, Value x) {
        if (p == 1) {
            return x;
        }
        Dim channels = x.dim(1).dividedBy(p * p);
        Dim frames = x.dim(ChunkContext.TIME);
        Dim h = x.dim(-2);
        Dim w = x.dim(-1);
        Value apart = graph.reshape(x, List.of(channels, Dim.of(p), Dim.of(p), frames, h, w));
        Value ordered = graph.transpose(apart, 0, 3, 4, 2, 5, 1);
        return graph.reshape(ordered, List.of(Dim.of(1), channels, frames, h.times(p), w.times(p)));
    }
}
