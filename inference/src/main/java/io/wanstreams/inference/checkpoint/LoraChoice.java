package io.wanstreams.inference.checkpoint;

import java.nio.file.Path;

/**
 * A LoRA to be added to a transformer.
 *
 * @param file in one of the formats of transformer-and-text.md §11.1
 * @param strength by which it is multiplied; 1 as it was trained
 */
public record LoraChoice(Path file, double strength) {

    public LoraChoice {
        if (!Double.isFinite(strength)) {
            throw new IllegalArgumentException("The strength of a LoRA is a finite number, found " + strength + ".");
        }
    }
}
