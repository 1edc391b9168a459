package io.wanstreams.inference.checkpoint;

import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The tensors of one component of a checkpoint, under Diffusers' names whatever the file calls them. Only headers are
 * read. F32 tensors are used where they lie; those of other types, and those that a LoRA adds to, from a copy that is
 * made once, when a finished graph asks for their places.
 */
public final class Weights implements WeightSource {
    private final Path origin;
    private final SortedMap<String, StoredTensor> tensors;
    private final Map<String, Delta> deltas;
    private final DerivedFiles derived;

    private Weights(
            Path origin, SortedMap<String, StoredTensor> tensors, Map<String, Delta> deltas, DerivedFiles derived) {
        this.origin = origin;
        this.tensors = tensors;
        this.deltas = Map.copyOf(deltas);
        this.derived = derived;
    }

    /** Of a component's folder as Diffusers writes it. */
    static Weights open(Path folder, Path cache) {
        WeightFiles.Found found = WeightFiles.find(folder);
        SortedMap<String, StoredTensor> tensors = new TreeMap<>();
        Map<SafetensorsFile, Map<String, StoredTensor>> files = new HashMap<>();
        found.holders()
                .forEach((name, file) -> tensors.put(name, file(files.computeIfAbsent(file, StoredTensor::of), name)));
        return new Weights(found.origin(), tensors, Map.of(), new DerivedFiles(new WeightCache(cache)));
    }

    private static StoredTensor file(Map<String, StoredTensor> tensors, String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("A file was said to hold " + name + ".");
        }
        return tensor;
    }

    /** Of one file with other names or types: the original repository's, ComfyUI's, GGUF (§5.3, §11.2). */
    static Weights ofSingleFile(Path file, Layout layout, Path cache) {
        return new Weights(file, SingleFile.read(file, layout), Map.of(), new DerivedFiles(new WeightCache(cache)));
    }

    /**
     * The same with LoRAs added.
     *
     * @throws CheckpointException if one has other shapes, or fits nothing
     */
    Weights with(List<LoraChoice> loras, String component) {
        Map<String, Delta> sums = new TreeMap<>();
        for (LoraChoice lora : loras) {
            LoraFile file = LoraFile.open(lora.file());
            file.deltas(shapes(), lora.strength(), component)
                    .forEach((name, delta) -> sums.merge(name, delta, Delta::and));
        }
        return new Weights(origin, tensors, sums, derived);
    }

    private SortedMap<String, Shape> shapes() {
        SortedMap<String, Shape> shapes = new TreeMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    /** Names of all tensors, sorted. */
    public SortedSet<String> names() {
        return new TreeSet<>(tensors.keySet());
    }

    /** Number, size and types of all tensors. */
    public WeightFacts facts() {
        SortedMap<String, Long> types = new TreeMap<>();
        long bytes = 0;
        for (StoredTensor tensor : tensors.values()) {
            types.merge(tensor.type(), tensor.shape().elements(), Math::addExact);
            bytes = Math.addExact(bytes, tensor.bytes());
        }
        long parameters = types.values().stream().reduce(0L, Math::addExact);
        int files = (int)
                tensors.values().stream().map(StoredTensor::file).distinct().count();
        return new WeightFacts(tensors.size(), parameters, bytes, files, types);
    }

    @Override
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    @Override
    public void require(String name, long... dims) {
        StoredTensor tensor = tensor(name);
        if (!tensor.shape().equals(Shape.of(dims))) {
            throw new CheckpointException("Tensor " + name + " in " + tensor.file() + " has shape " + tensor.shape()
                    + ", the config asks for " + Shape.of(dims) + ".");
        }
        if (tensor.encoding() == null) {
            throw new CheckpointException("Tensor " + name + " in " + tensor.file() + " has element type "
                    + tensor.type() + ", supported are F32, BF16, F16, F64 and F8.");
        }
    }

    /** Extents of a tensor. */
    public Shape shape(String name) {
        return tensor(name).shape();
    }

    /** The values of a tensor, converted and in Java memory; for small ones. */
    public float[] read(String name, long... dims) {
        require(name, dims);
        StoredTensor tensor = tensor(name);
        float[] values = new float[Math.toIntExact(tensor.shape().elements())];
        int[] at = {0};
        try {
            stream(name, (part, count) -> {
                System.arraycopy(part, 0, values, at[0], count);
                at[0] += count;
            });
        } catch (IOException e) {
            throw new CheckpointException(
                    "Tensor " + name + " in " + tensor.file() + " cannot be read: " + e.getMessage() + ".", e);
        }
        return values;
    }

    /** All values of a tensor in order, with what is added to them. */
    void stream(String name, StoredTensor.Sink sink) throws IOException {
        Delta delta = deltas.get(name);
        if (delta == null) {
            tensor(name).stream(sink);
        } else {
            delta.merge(tensor(name), sink);
        }
    }

    private StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new CheckpointException(
                    "Tensor " + name + " is missing in " + origin + "; the config beside it asks for it.");
        }
        return tensor;
    }

    @Override
    public Located locate(Set<String> names) {
        return Placement.of(usable(names));
    }

    /** The names' tensors as the runtime can use them. */
    Map<String, StoredTensor> usable(Set<String> names) {
        Map<String, StoredTensor> usable = new TreeMap<>();
        Map<Path, SortedSet<String>> foreign = new TreeMap<>();
        SortedSet<String> added = new TreeSet<>();
        for (String name : names) {
            StoredTensor tensor = tensor(name);
            usable.put(name, tensor);
            if (deltas.containsKey(name)) {
                added.add(name);
            } else if (!tensor.isPlain()) {
                foreign.computeIfAbsent(tensor.file(), file -> new TreeSet<>()).add(name);
            }
        }
        foreign.forEach((file, wanted) -> take(wanted, derived.converted(file, foreignTo(file)), usable));
        if (!added.isEmpty()) {
            take(added, derived.merged(origin, only(deltas.keySet()), deltas), usable);
        }
        return usable;
    }

    /** Bytes of all tensors as F32. */
    public long floatBytes() {
        return tensors.values().stream()
                .mapToLong(tensor -> tensor.shape().elements() * Float.BYTES)
                .sum();
    }

    /** The parts of these names' matrices, by name and part. */
    Map<String, StoredTensor> reduced(Set<String> names, Reduction reduction) {
        Map<String, StoredTensor> parts = new TreeMap<>();
        Set<String> made = new TreeSet<>();
        for (String name : names) {
            StoredTensor tensor = tensor(name);
            if (reduction.isDone(tensor) && !deltas.containsKey(name)) {
                parts.put(name + reduction.parts(tensor.shape()).firstKey(), tensor);
            } else {
                made.add(name);
            }
        }
        if (!made.isEmpty()) {
            parts.putAll(StoredTensor.of(derived.reduced(origin, only(made), deltas, reduction, this)));
        }
        return parts;
    }

    /**
     * Numbers that are computed from these weights, once; later they come from the cache, where they lie under the weights'
     * content.
     *
     * @param kind what they are, in the characters of a file's name
     */
    public float[] computedOnce(String kind, Shape shape, Supplier<float[]> compute) {
        return derived.computed(origin, tensors, deltas, kind, shape, compute).toFloats();
    }

    private static void take(Set<String> names, SafetensorsFile from, Map<String, StoredTensor> into) {
        Map<String, StoredTensor> copies = StoredTensor.of(from);
        names.forEach(name -> into.put(name, file(copies, name)));
    }

    /** All tensors of a file that need a copy, so that every graph finds the same one. */
    private SortedMap<String, StoredTensor> foreignTo(Path file) {
        SortedMap<String, StoredTensor> found = new TreeMap<>();
        tensors.forEach((name, tensor) -> {
            if (tensor.file().equals(file) && tensor.encoding() != null && !tensor.isPlain()) {
                found.put(name, tensor);
            }
        });
        return found;
    }

    private SortedMap<String, StoredTensor> only(Set<String> names) {
        SortedMap<String, StoredTensor> found = new TreeMap<>(tensors);
        found.keySet().retainAll(names);
        return found;
    }
}
