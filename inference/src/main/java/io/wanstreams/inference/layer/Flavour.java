package io.wanstreams.inference.layer;

import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import org.jspecify.annotations.Nullable;

/** Which operators a device computes attention best with (onnxruntime-notes.md §4). */
public interface Flavour {
    /** CPU, F32: the contrib operator, which never holds the whole score matrix when there is no bias. */
    Flavour CPU = GraphBuilder::multiHeadAttention;

    /**
     * softmax(scale · q kᵀ + bias) v for each head.
     *
     * @param q [1, n, heads·size]
     * @param k [1, m, heads·size]
     * @param v [1, m, heads·size]
     * @param bias [1, heads, n, m], or none
     * @return [1, n, heads·size]
     */
    Value attention(GraphBuilder graph, Value q, Value k, Value v, @Nullable Value bias, long heads, double scale);
}
