package io.wanstreams.tensors;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a safetensors file in memory.
 *
 * @param tensors by name, sorted
 * @param metadata the free entries under {@code __metadata__}, sorted
 */
public record Safetensors(SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata) {
    public Safetensors {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** Content without metadata. */
    public static Safetensors of(Map<String, Tensor> tensors) {
        return new Safetensors(new TreeMap<>(tensors), new TreeMap<>());
    }

    /**
     * The tensor of that name.
     *
     * @throws SafetensorsException if there is none
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new SafetensorsException("There is no tensor " + name + " among " + tensors.keySet() + ".");
        }
        return tensor;
    }
}
