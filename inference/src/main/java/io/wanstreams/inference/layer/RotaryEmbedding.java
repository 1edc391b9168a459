package io.wanstreams.inference.layer;

import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;

/** Rotates adjacent pairs of every head by tables {@code [1, n, size/2]} (transformer-and-text.md §5.2 step 4). */
public record RotaryEmbedding(Value cos, Value sin, long heads) {
    /** x is [1, n, heads·size]. */
    public Value apply(GraphBuilder graph, Value x) {
        return graph.rotaryEmbedding(x, cos, sin, heads);
    }
}
