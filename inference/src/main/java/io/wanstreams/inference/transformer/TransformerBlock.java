package io.wanstreams.inference.transformer;

import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import io.wanstreams.inference.layer.LayerNorm;
import io.wanstreams.inference.layer.Linear;
import io.wanstreams.inference.layer.RotaryEmbedding;
import java.util.List;
import java.util.function.Supplier;

/** One block (transformer-and-text.md §5.2 step 5): self-attention, cross-attention to the text, feed-forward. */
record TransformerBlock(String key, TransformerConfig config) {
    /**
     * @param x [tokens, width]
     * @param text what is looked at of it; made when the block is reached
     */
    Value apply(GraphBuilder graph, Value x, Supplier<KeysValues> text, TimeConditioning time, RotaryEmbedding rotary) {
        GraphBuilder at = graph.at(key);
        List<Value> rows = time.ofBlock(at, key);
        Value attended = selfAttention(graph, x, Modulation.of(at, rows.subList(0, 3)), rotary);
        Value informed = at.add(attended, crossAttention(graph, attended, text));
        return feedForward(graph, informed, Modulation.of(at, rows.subList(3, 6)));
    }

    private Value selfAttention(GraphBuilder graph, Value x, Modulation modulation, RotaryEmbedding rotary) {
        Value y = modulation.apply(graph.at(key + ".norm1"), plainNorm("norm1").apply(graph, x));
        Value attention = new AttentionLayer(key + ".attn1", config).apply(graph, y, y, rotary);
        return modulation.addGated(graph.at(key + ".attn1"), x, attention);
    }

    /** The keys and values of a text [rows, width]. */
    KeysValues ofText(GraphBuilder graph, Value text) {
        return crossAttention().keysValues(graph, text, null);
    }

    private AttentionLayer crossAttention() {
        return new AttentionLayer(key + ".attn2", config);
    }

    private Value crossAttention(GraphBuilder graph, Value x, Supplier<KeysValues> text) {
        Value y = config.crossNorm()
                ? LayerNorm.affine(key + ".norm2", config.width(), config.epsilon())
                        .apply(graph, x)
                : x;
        return crossAttention().attend(graph, y, text.get(), null);
    }

    private Value feedForward(GraphBuilder graph, Value x, Modulation modulation) {
        String ffn = key + ".ffn";
        Value y = modulation.apply(graph.at(key + ".norm3"), plainNorm("norm3").apply(graph, x));
        Value inner = Linear.withBias(ffn + ".net.0.proj", config.width(), config.feedForwardWidth())
                .apply(graph, y);
        Value outer = Linear.withBias(ffn + ".net.2", config.feedForwardWidth(), config.width())
                .apply(graph, graph.at(ffn).geluTanh(inner));
        return modulation.addGated(graph.at(ffn), x, outer);
    }

    private LayerNorm plainNorm(String name) {
        return LayerNorm.plain(key + "." + name, config.width(), config.epsilon());
    }
}
