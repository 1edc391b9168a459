package io.wanstreams.inference.transformer;

import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.List;

/**
 * What attention looks at.
 *
 * @param keys [1, n, width]
 * @param values [1, n, width]
 */
record KeysValues(Value keys, Value values) {

    /** Names of a block's cross-attention's keys and values, where they enter or leave a graph. */
    static List<String> names(String block) {
        return List.of(block + ".attn2.keys", block + ".attn2.values");
    }

    /** Made by another graph. */
    static KeysValues entering(GraphBuilder graph, String block, Dim rows, long width) {
        List<Dim> dims = List.of(Dim.of(1), rows, Dim.of(width));
        List<String> names = names(block);
        return new KeysValues(
                graph.input(names.get(0), ElementType.FLOAT, dims), graph.input(names.get(1), ElementType.FLOAT, dims));
    }

    /** For another graph. */
    void leaving(GraphBuilder graph, String block) {
        List<String> names = names(block);
        graph.output(names.get(0), keys);
        graph.output(names.get(1), values);
    }
}
