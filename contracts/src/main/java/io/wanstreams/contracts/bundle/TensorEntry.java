package io.wanstreams.contracts.bundle;

import java.util.List;

/**
 * A tensor in a bundle, for people and tools; readers go by the safetensors header.
 *
 * @param name for example {@code latents}
 * @param dtype the safetensors name of the element type, for example {@code F32}
 * @param shape dimensions, outermost first
 */
public record TensorEntry(String name, String dtype, List<Long> shape) {
    public TensorEntry {
        shape = List.copyOf(shape);
    }
}
