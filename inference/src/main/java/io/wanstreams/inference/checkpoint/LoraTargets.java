package io.wanstreams.inference.checkpoint;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the model's module that a LoRA's module means: Diffusers' name, the original one, either with underscores. */
final class LoraTargets {
    private static final String TABLE = "scale_shift_table";
    private final Map<String, String> modules = new HashMap<>();

    LoraTargets(Set<String> tensors) {
        for (String tensor : tensors) {
            int dot = tensor.lastIndexOf('.');
            boolean isTable = tensor.endsWith(TABLE);
            String module = isTable ? tensor : tensor.substring(0, Math.max(0, dot));
            know(module, module);
            know(TransformerNames.toOriginal(module), module);
        }
    }

    private void know(String alias, String module) {
        modules.put(alias, module);
        modules.put(alias.replace('.', '_'), module);
    }

    /** The tensor that a difference of this kind is added to; empty if the model has no such module. */
    Optional<String> tensor(LoraKey key) {
        return switch (key.kind()) {
            case BIAS_DIFFERENCE -> module(key.module()).map(module -> module + ".bias");
            case MODULATION_DIFFERENCE -> table(key.module());
            case DOWN, UP, ALPHA, DIFFERENCE, DORA ->
                module(key.module()).map(module -> module.endsWith(TABLE) ? module : module + ".weight");
        };
    }

    private Optional<String> module(String module) {
        return Optional.ofNullable(modules.get(module));
    }

    /** The table of a block, or of the head. */
    private Optional<String> table(String module) {
        return module(module + ".modulation")
                .or(() -> module(module + "_modulation"))
                .or(() -> module(module))
                .filter(found -> found.endsWith(TABLE));
    }
}
