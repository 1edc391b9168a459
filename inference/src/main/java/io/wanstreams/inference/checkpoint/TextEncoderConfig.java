package io.wanstreams.inference.checkpoint;

import java.util.List;

/**
 * {@code text_encoder/config.json}; defaults are UMT5-XXL's (transformer-and-text.md §3.3).
 *
 * @param vocabularySize rows of the embedding
 * @param width of the residual stream, {@code d_model}
 * @param headSize {@code d_kv}; heads · headSize may differ from the width
 * @param feedForwardWidth {@code d_ff}
 * @param relativeBuckets even
 * @param relativeMaxDistance from this distance on all share the last bucket
 */
public record TextEncoderConfig(
        int vocabularySize,
        int width,
        int headSize,
        int heads,
        int feedForwardWidth,
        int layers,
        int relativeBuckets,
        int relativeMaxDistance,
        double epsilon) {
    public TextEncoderConfig {
        if (relativeBuckets < 4 || relativeBuckets % 2 != 0 || relativeMaxDistance <= relativeBuckets / 4) {
            throw new IllegalArgumentException("relative_attention_num_buckets must be even and at least 4, and"
                    + " relative_attention_max_distance above a quarter of it, not " + relativeBuckets + " and "
                    + relativeMaxDistance);
        }
    }

    static TextEncoderConfig of(ConfigFile file) {
        file.choice("feed_forward_proj", "gated-gelu", List.of("gated-gelu"));
        file.choice("dense_act_fn", "gelu_new", List.of("gelu_new"));
        try {
            return new TextEncoderConfig(
                    file.size("vocab_size", 256384),
                    file.size("d_model", 4096),
                    file.size("d_kv", 64),
                    file.size("num_heads", 64),
                    file.size("d_ff", 10240),
                    file.size("num_layers", 24),
                    file.size("relative_attention_num_buckets", 32),
                    file.size("relative_attention_max_distance", 128),
                    file.number("layer_norm_epsilon", 1e-6));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("File " + file.path() + " cannot be used: " + e.getMessage() + ".", e);
        }
    }
}
