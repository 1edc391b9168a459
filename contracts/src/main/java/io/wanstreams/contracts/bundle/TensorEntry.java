package io.wanstreams.contracts.bundle;

import io.wanstreams.tensors.Shape;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A tensor in a bundle, for people and tools; readers go by the safetensors header.
 *
 * @param name for example {@code latents}
 * @param dtype the safetensors name of the element type, for example {@code F32}
 * @param shape dimensions, outermost first
 */
public record TensorEntry(String name, String dtype, List<Long> shape) {
    private static final int NAME_LIMIT_CHARS = 256;
    private static final Pattern DTYPE = Pattern.compile("[A-Z][A-Z0-9_]{0,15}");

    public TensorEntry {
        shape = List.copyOf(shape);
        if (name.isEmpty() || name.length() > NAME_LIMIT_CHARS) {
            throw new IllegalArgumentException(
                    "a tensor's name has 1 to " + NAME_LIMIT_CHARS + " characters, found " + name.length());
        }
        if (!DTYPE.matcher(dtype).matches()) {
            throw new IllegalArgumentException("a tensor's dtype is a name of the safetensors format, for example F32");
        }
        if (shape.size() > Shape.MAX_RANK || shape.stream().anyMatch(extent -> extent < 0)) {
            throw new IllegalArgumentException(
                    "a tensor's shape has at most " + Shape.MAX_RANK + " extents and none is negative");
        }
    }
}
