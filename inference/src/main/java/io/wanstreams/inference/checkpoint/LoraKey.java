package io.wanstreams.inference.checkpoint;

import java.util.List;
import java.util.Optional;

/**
 * A name in a LoRA file, taken apart. Source: transformer-and-text.md §11.1.
 *
 * @param lowNoise whether the name says that it is for the second expert
 * @param module without the format's prefix, in the words of whoever wrote it
 */
record LoraKey(boolean lowNoise, String module, Kind kind) {

    /** What a tensor is to its module. */
    enum Kind {
        DOWN(".lora_down.weight", ".lora_A.weight", ".lora_A.default.weight"),
        UP(".lora_up.weight", ".lora_B.weight", ".lora_B.default.weight"),
        ALPHA(".alpha"),
        BIAS_DIFFERENCE(".diff_b"),
        MODULATION_DIFFERENCE(".diff_m"),
        DIFFERENCE(".diff"),
        DORA(".dora_scale", ".lora_magnitude_vector");

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> endings;

        Kind(String... endings) {
            this.endings = List.of(endings);
        }
    }

    private static final String LOW_NOISE = "transformer_2.";
    private static final List<String> PREFIXES = List.of(
            "model.diffusion_model.", "diffusion_model.", "base_model.model.", LOW_NOISE, "transformer.", "lora_unet_");

    /** Empty for a name of no known form. */
    static Optional<LoraKey> parse(String name) {
        for (Kind kind : Kind.values()) {
            for (String ending : kind.endings) {
                if (name.endsWith(ending)) {
                    String module = name.substring(0, name.length() - ending.length());
                    return Optional.of(new LoraKey(name.startsWith(LOW_NOISE), withoutPrefix(module), kind));
                }
            }
        }
        return Optional.empty();
    }

    private static String withoutPrefix(String module) {
        for (String prefix : PREFIXES) {
            if (module.startsWith(prefix)) {
                return module.substring(prefix.length());
            }
        }
        return module;
    }
}
