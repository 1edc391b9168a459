package io.wanstreams.inference.transformer;

import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import io.wanstreams.inference.layer.Linear;
import io.wanstreams.inference.layer.RmsNorm;
import io.wanstreams.inference.layer.RotaryEmbedding;
import org.jspecify.annotations.Nullable;

/** {@code attn1} or {@code attn2} of a block: q and k normed over all heads together, scale 1/√size. */
record AttentionLayer(String key, TransformerConfig config) {
    /**
     * @param x queries' rows [tokens, width]
     * @param context keys' and values' rows [n, width]
     * @param rotary applied to q and k, or none
     */
    Value apply(GraphBuilder graph, Value x, Value context, @Nullable RotaryEmbedding rotary) {
        return attend(graph, x, keysValues(graph, context, rotary), rotary);
    }

    /** What rows [n, width] are looked at as. */
    KeysValues keysValues(GraphBuilder graph, Value context, @Nullable RotaryEmbedding rotary) {
        GraphBuilder at = graph.at(key);
        // Before the queries, see GraphBuilder: keys and values of a text are then made when their block is reached.
        Value values = at.unsqueeze(linear("to_v").apply(graph, context), 0);
        return new KeysValues(rotated(at, normed(graph, "k", context), rotary), values);
    }

    Value attend(GraphBuilder graph, Value x, KeysValues seen, @Nullable RotaryEmbedding rotary) {
        GraphBuilder at = graph.at(key);
        Value queries = rotated(at, normed(graph, "q", x), rotary);
        double scale = 1 / Math.sqrt(config.headSize());
        Value merged = at.squeeze(at.attention(queries, seen.keys(), seen.values(), null, config.heads(), scale), 0);
        return linear("to_out.0").apply(graph, merged);
    }

    private Value normed(GraphBuilder graph, String name, Value x) {
        Value projected = linear("to_" + name).apply(graph, x);
        Value rows = new RmsNorm(key + ".norm_" + name, config.width(), config.epsilon()).apply(graph, projected);
        return graph.at(key).unsqueeze(rows, 0);
    }

    private static Value rotated(GraphBuilder at, Value x, @Nullable RotaryEmbedding rotary) {
        return rotary == null ? x : rotary.apply(at, x);
    }

    private Linear linear(String name) {
        return Linear.withBias(key + "." + name, config.width(), config.width());
    }
}
