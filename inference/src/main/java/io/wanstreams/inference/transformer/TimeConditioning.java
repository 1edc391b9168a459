package io.wanstreams.inference.transformer;

import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * What the blocks learn of the timesteps. Only the few distinct timesteps are computed, {@code [timesteps, …]}; the
 * selection says which of them a token has: one entry for each token, or a single one for all, which broadcasts.
 *
 * @param embedding [timesteps, width]
 * @param projected [timesteps, 6·width]
 * @param selection [1 or tokens] rows of the two above
 */
record TimeConditioning(Value embedding, Value projected, Value selection, long width) {
    /** The rows of {@code <key>.scale_shift_table} plus the projected timesteps, [selected, width] each: sh1, sc1, g1, sh2, sc2, g2. */
    List<Value> ofBlock(GraphBuilder graph, String key) {
        return rows(graph, key + ".scale_shift_table", projected, 6);
    }

    /** The rows of the head's table plus the embedding: shift, scale. */
    List<Value> ofHead(GraphBuilder graph) {
        Value twice = graph.concat(1, List.of(embedding, embedding));
        return rows(graph, "scale_shift_table", twice, 2);
    }

    private List<Value> rows(GraphBuilder graph, String key, Value base, int count) {
        long all = count * width;
        Value table = graph.weight(key, new long[] {1, count, width}, new long[] {1, all});
        Value selected = graph.gather(graph.add(base, table), selection, 0);
        long[] lengths = new long[count];
        Arrays.fill(lengths, width);
        return graph.split(selected, 1, lengths);
    }
}
