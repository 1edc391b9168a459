package io.wanstreams.inference.checkpoint;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** UMT5's tensors in the original repository's words and in GGUF's. Source: transformer-and-text.md §3.4, §11.2. */
final class TextEncoderNames {

    static final String COMPONENT = "text_encoder";

    private static final Map<String, String> WHOLE = Map.of(
            "token_embedding", "shared",
            "token_embd", "shared",
            "norm", "encoder.final_layer_norm",
            "enc.output_norm", "encoder.final_layer_norm");

    private static final Map<String, String> ORIGINAL = Map.of(
            "norm1", "layer.0.layer_norm",
            "attn.q", "layer.0.SelfAttention.q",
            "attn.k", "layer.0.SelfAttention.k",
            "attn.v", "layer.0.SelfAttention.v",
            "attn.o", "layer.0.SelfAttention.o",
            "pos_embedding.embedding", "layer.0.SelfAttention.relative_attention_bias",
            "norm2", "layer.1.layer_norm",
            "ffn.gate.0", "layer.1.DenseReluDense.wi_0",
            "ffn.fc1", "layer.1.DenseReluDense.wi_1",
            "ffn.fc2", "layer.1.DenseReluDense.wo");

    private static final Map<String, String> GGUF = Map.of(
            "attn_norm", "layer.0.layer_norm",
            "attn_q", "layer.0.SelfAttention.q",
            "attn_k", "layer.0.SelfAttention.k",
            "attn_v", "layer.0.SelfAttention.v",
            "attn_o", "layer.0.SelfAttention.o",
            "attn_rel_b", "layer.0.SelfAttention.relative_attention_bias",
            "ffn_norm", "layer.1.layer_norm",
            "ffn_gate", "layer.1.DenseReluDense.wi_0",
            "ffn_up", "layer.1.DenseReluDense.wi_1",
            "ffn_down", "layer.1.DenseReluDense.wo");

    private static final Pattern BLOCK = Pattern.compile("(blocks|enc\\.blk)\\.(\\d+)\\.(.+)");
    private static final Pattern TENSOR = Pattern.compile("(.+)\\.(weight|bias)");

    private TextEncoderNames() {}

    /** Hugging Face's name of a tensor; one that is Hugging Face's already, or unknown, stays. */
    static String toHuggingFace(String name) {
        Matcher tensor = TENSOR.matcher(name);
        return tensor.matches() ? module(tensor.group(1)) + "." + tensor.group(2) : name;
    }

    private static String module(String name) {
        Matcher block = BLOCK.matcher(name);
        if (!block.matches()) {
            return WHOLE.getOrDefault(name, name);
        }
        String known = (block.group(1).equals("blocks") ? ORIGINAL : GGUF).get(block.group(3));
        return known == null ? name : "encoder.block." + block.group(2) + "." + known;
    }
}
