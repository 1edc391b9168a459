package io.wanstreams.inference.checkpoint;

import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLayout;
import io.wanstreams.tensors.SafetensorsLayout.Slot;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The files of the cache that hold a component's tensors where the runtime cannot use them as they are stored. */
final class DerivedFiles {
    private final WeightCache cache;

    DerivedFiles(WeightCache cache) {
        this.cache = cache;
    }

    /** F32 copies of a file's tensors; all of one file go into one copy, named by its content and their names. */
    SafetensorsFile converted(Path source, SortedMap<String, StoredTensor> tensors) {
        SafetensorsLayout layout = floats(tensors);
        return cache.get(
                "The weights of " + source + " could not be converted to F32",
                digests -> digests.of(digests.sha256(source)
                                + '\n'
                                + layout.header().tensors().keySet()) + ".f32.safetensors",
                layout,
                (tensor, out) -> stored(tensors, tensor.name()).stream(WeightCache.floats(out)));
    }

    /** F32 sums of tensors and what is added to them, named by the contents of both. */
    SafetensorsFile merged(Path origin, SortedMap<String, StoredTensor> tensors, Map<String, Delta> deltas) {
        SafetensorsLayout layout = floats(tensors);
        return cache.get(
                "The weights of " + origin + " could not be merged with what is added to them",
                digests -> digests.of(contents(digests, tensors, deltas)) + ".merged.f32.safetensors",
                layout,
                (tensor, out) -> Objects.requireNonNull(deltas.get(tensor.name()))
                        .merge(stored(tensors, tensor.name()), WeightCache.floats(out)));
    }

    /** Matrices made smaller, named by their content, what is added to them, and how it is done. */
    SafetensorsFile reduced(
            Path origin,
            SortedMap<String, StoredTensor> tensors,
            Map<String, Delta> deltas,
            Reduction reduction,
            Weights values) {
        SortedMap<String, Slot> slots = new TreeMap<>();
        tensors.forEach((name, tensor) ->
                reduction.parts(tensor.shape()).forEach((part, slot) -> slots.put(name + part, slot)));
        return cache.get(
                "The weights of " + origin + " could not be converted to " + reduction.key(),
                digests -> digests.of(reduction.key() + "\n" + contents(digests, tensors, deltas)) + "."
                        + reduction.key() + ".safetensors",
                SafetensorsLayout.of(slots, Map.of()),
                (tensor, out) -> {
                    int part = tensor.name().indexOf('#');
                    reduction.write(
                            values,
                            tensor.name().substring(0, part),
                            tensor.name().substring(part),
                            out);
                });
    }

    /** Numbers made from the weights, named by their content. */
    Tensor computed(
            Path origin,
            SortedMap<String, StoredTensor> tensors,
            Map<String, Delta> deltas,
            String kind,
            Shape shape,
            Supplier<float[]> compute) {
        SafetensorsFile file = cache.get(
                "The " + kind + " of the weights of " + origin + " could not be kept",
                digests -> digests.of(kind + "\n" + contents(digests, tensors, deltas)) + "." + kind + ".safetensors",
                SafetensorsLayout.of(Map.of(kind, new Slot(DType.F32, shape)), Map.of()),
                (tensor, out) -> {
                    float[] values = compute.get();
                    WeightCache.floats(out).accept(values, values.length);
                });
        try {
            return file.tensor(kind);
        } catch (IOException e) {
            throw new CheckpointException("File " + file.path() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String contents(
            ContentDigests digests, SortedMap<String, StoredTensor> tensors, Map<String, Delta> deltas)
            throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        tensors.values().forEach(tensor -> files.add(tensor.file()));
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append(digests.sha256(file)).append('\n');
        }
        for (String name : tensors.keySet()) {
            all.append(name).append('\n');
            Delta delta = deltas.get(name);
            if (delta != null) {
                delta.describe(digests, all);
            }
        }
        return all.toString();
    }

    private static StoredTensor stored(Map<String, StoredTensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name));
    }

    private static SafetensorsLayout floats(SortedMap<String, StoredTensor> tensors) {
        SortedMap<String, Slot> slots = new TreeMap<>();
        tensors.forEach((name, tensor) -> slots.put(name, new Slot(DType.F32, tensor.shape())));
        return SafetensorsLayout.of(slots, Map.of());
    }
}
