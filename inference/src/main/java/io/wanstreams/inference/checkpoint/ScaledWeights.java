package io.wanstreams.inference.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Eight-bit floats with a scale beside each weight, as ComfyUI's files have them. Source: transformer-and-text.md §11.2. */
final class ScaledWeights {
    /** A tensor that only says that the file is of this kind. */
    static final String MARK = "scaled_fp8";

    private static final String WEIGHT = ".weight";
    private static final List<String> SCALES = List.of(".scale_weight", ".weight_scale");
    /** What only computing in eight bits needs. */
    private static final List<String> UNUSED = List.of(".scale_input", ".input_scale", ".comfy_quant");

    private ScaledWeights() {}

    /** The weights with their scales, without the tensors that hold scales. */
    static Map<String, StoredTensor> applied(Map<String, StoredTensor> stored, Path file) {
        Map<String, StoredTensor> weights = new TreeMap<>();
        stored.forEach((name, tensor) -> {
            if (!isBeside(name)) {
                weights.put(name, tensor);
            }
        });
        stored.forEach((name, scale) -> SCALES.stream().filter(name::endsWith).forEach(ending -> {
            String weight = name.substring(0, name.length() - ending.length()) + WEIGHT;
            StoredTensor found = weights.get(weight);
            if (found == null) {
                throw new CheckpointException(
                        "File " + file + " has the scale " + name + ", but no tensor " + weight + ".");
            }
            weights.put(weight, found.scaled(value(name, scale)));
        }));
        return weights;
    }

    private static boolean isBeside(String name) {
        return name.equals(MARK)
                || SCALES.stream().anyMatch(name::endsWith)
                || UNUSED.stream().anyMatch(name::endsWith);
    }

    private static float value(String name, StoredTensor scale) {
        if (scale.shape().elements() != 1 || scale.encoding() == null) {
            throw new CheckpointException("Tensor " + name + " in " + scale.file() + " is " + scale.type()
                    + scale.shape() + ", expected one number that scales the whole weight.");
        }
        try {
            float value = scale.toFloats()[0];
            if (!Float.isFinite(value)) {
                throw new CheckpointException(
                        "Tensor " + name + " in " + scale.file() + " is " + value + ", expected a finite number.");
            }
            return value;
        } catch (IOException e) {
            throw new CheckpointException(
                    "Tensor " + name + " in " + scale.file() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
