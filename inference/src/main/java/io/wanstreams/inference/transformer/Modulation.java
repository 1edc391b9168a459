package io.wanstreams.inference.transformer;

import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.List;

/**
 * Shift, scale and gate of a layer's input and output, for one token each or for all.
 *
 * @param shift broadcasts to [tokens, width]
 * @param scale 1 + the checkpoint's scale
 * @param gate broadcasts to [tokens, width]
 */
record Modulation(Value shift, Value scale, Value gate) {
    /** x ⊙ (1 + scale) + shift */
    Value apply(GraphBuilder graph, Value x) {
        return graph.add(graph.mul(x, scale), shift);
    }

    /** x + gate ⊙ residual */
    Value addGated(GraphBuilder graph, Value x, Value residual) {
        return graph.add(x, graph.mul(residual, gate));
    }

    /** 1 + scale, for any tokens. */
    static Value onePlus(GraphBuilder graph, Value scale) {
        return forTokens(graph, graph.add(scale, graph.scalar(1)));
    }

    /** A row that broadcasts over the tokens, or one row for each of them: either fits where one row fits. */
    static Value forTokens(GraphBuilder graph, Value rows) {
        return graph.assume(rows, List.of(Dim.of(1), rows.dim(1)));
    }

    /** Rows sh, sc, g of a block's table. */
    static Modulation of(GraphBuilder graph, List<Value> rows) {
        return new Modulation(
                forTokens(graph, rows.get(0)), onePlus(graph, rows.get(1)), forTokens(graph, rows.get(2)));
    }
}
