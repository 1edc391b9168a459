package io.wanstreams.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * How a model that is started here differs from its checkpoint.
 *
 * @param loras added to its transformers, in order
 * @param precision {@code auto}, {@code fp32} or {@code int8}
 */
public record ModelChanges(List<Lora> loras, String precision) {

    /** The model as it is. */
    public static final ModelChanges NONE = new ModelChanges(List.of(), "auto");

    public ModelChanges {
        loras = List.copyOf(loras);
    }

    /**
     * A LoRA file.
     *
     * @param component {@code transformer} (the only one, or the expert for high noise) or {@code transformer_2}
     * @param strength 1 as it was trained
     */
    public record Lora(String component, Path file, double strength) {}
}
