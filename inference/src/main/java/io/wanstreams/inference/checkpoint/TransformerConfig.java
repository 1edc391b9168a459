package io.wanstreams.inference.checkpoint;

import java.util.List;

/**
 * {@code transformer/config.json}; defaults are T2V-A14B's (transformer-and-text.md §2).
 *
 * @param headSize even
 * @param frequencyDim length of the timestep's sinusoidal embedding, even
 * @param patch extents of a patch in time, height and width
 * @param crossNorm whether there is an affine norm before cross-attention
 * @param ropeMaxLength positions per axis for which rotary tables are defined
 */
public record TransformerConfig(
        int heads,
        int headSize,
        int layers,
        int feedForwardWidth,
        int inChannels,
        int outChannels,
        int textDim,
        int frequencyDim,
        List<Integer> patch,
        boolean crossNorm,
        double epsilon,
        int ropeMaxLength) {
    public TransformerConfig {
        patch = List.copyOf(patch);
        if (patch.size() != 3) {
            throw new IllegalArgumentException("patch_size must be three numbers, not " + patch);
        }
        if (headSize % 2 != 0 || headSize < 6 || frequencyDim % 2 != 0) {
            throw new IllegalArgumentException("attention_head_dim must be even and at least 6, and freq_dim even, not "
                    + headSize + " and " + frequencyDim);
        }
        Math.multiplyExact(heads, headSize);
    }

    static TransformerConfig of(ConfigFile file) {
        file.choice("qk_norm", "rms_norm_across_heads", List.of("rms_norm_across_heads"));
        try {
            return new TransformerConfig(
                    file.size("num_attention_heads", 40),
                    file.size("attention_head_dim", 128),
                    file.size("num_layers", 40),
                    file.size("ffn_dim", 13824),
                    file.size("in_channels", 16),
                    file.size("out_channels", 16),
                    file.size("text_dim", 4096),
                    file.size("freq_dim", 256),
                    file.sizes("patch_size", List.of(1, 2, 2)),
                    file.flag("cross_attn_norm", true),
                    file.number("eps", 1e-6),
                    file.size("rope_max_seq_len", 1024));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CheckpointException("File " + file.path() + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    /** Width of the residual stream. */
    public int width() {
        return heads * headSize;
    }

    public int patchTime() {
        return patch.get(0);
    }

    public int patchHeight() {
        return patch.get(1);
    }

    public int patchWidth() {
        return patch.get(2);
    }

    /** Latent elements of one channel in a patch. */
    public int patchElements() {
        return patch.get(0) * patch.get(1) * patch.get(2);
    }
}
