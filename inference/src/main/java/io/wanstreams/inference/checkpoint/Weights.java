package io.wanstreams.inference.checkpoint;

import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.tensors.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of one component of a checkpoint. Only headers are read. F32 tensors are used where they lie; F16, BF16 and
 * F64 ones from a converted copy that is made once, when a finished graph asks for their places.
 */
public final class Weights implements WeightSource {
    private final Path origin;
    private final Map<String, SafetensorsFile> fileByTensor;
    private final ConvertedWeights converted;

    private Weights(Path origin, Map<String, SafetensorsFile> fileByTensor, ConvertedWeights converted) {
        this.origin = origin;
        this.fileByTensor = Map.copyOf(fileByTensor);
        this.converted = converted;
    }

    static Weights open(Path folder, Path cache) {
        WeightFiles.Found found = WeightFiles.find(folder);
        return new Weights(found.origin(), found.holders(), new ConvertedWeights(cache));
    }

    /** Names of all tensors, sorted. */
    public SortedSet<String> names() {
        return new TreeSet<>(fileByTensor.keySet());
    }

    /** Number, size and types of all tensors. */
    public WeightFacts facts() {
        SortedMap<DType, Long> types = new TreeMap<>();
        long bytes = 0;
        for (String name : fileByTensor.keySet()) {
            TensorInfo info = info(name);
            types.merge(info.type(), info.shape().elements(), Math::addExact);
            bytes = Math.addExact(bytes, info.length());
        }
        long parameters = types.values().stream().reduce(0L, Math::addExact);
        int files = (int) fileByTensor.values().stream().distinct().count();
        return new WeightFacts(fileByTensor.size(), parameters, bytes, files, types);
    }

    @Override
    public boolean has(String name) {
        return fileByTensor.containsKey(name);
    }

    @Override
    public void require(String name, long... dims) {
        TensorInfo info = info(name);
        SafetensorsFile file = file(name);
        if (!info.shape().equals(Shape.of(dims))) {
            throw new CheckpointException("Tensor " + name + " in " + file.path() + " has shape " + info.shape()
                    + ", the config asks for " + Shape.of(dims) + ".");
        }
        if (!info.type().isFloating()) {
            throw new CheckpointException("Tensor " + name + " in " + file.path() + " has element type " + info.type()
                    + ", supported are F32, BF16, F16 and F64.");
        }
    }

    /** Extents of a tensor. */
    public Shape shape(String name) {
        return info(name).shape();
    }

    /** The values of a tensor, converted and in Java memory; for small ones. */
    public float[] read(String name, long... dims) {
        require(name, dims);
        try {
            Tensor tensor = file(name).tensor(name);
            return tensor.toFloats();
        } catch (IOException e) {
            throw new CheckpointException(
                    "Tensor " + name + " in " + file(name).path() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private TensorInfo info(String name) {
        return file(name).header().tensor(name).orElseThrow();
    }

    private SafetensorsFile file(String name) {
        @Nullable SafetensorsFile file = fileByTensor.get(name);
        if (file == null) {
            throw new CheckpointException(
                    "Tensor " + name + " is missing in " + origin + "; the config beside it asks for it.");
        }
        return file;
    }

    @Override
    public Located locate(Set<String> names) {
        Map<String, SafetensorsFile> holders = new TreeMap<>();
        Map<SafetensorsFile, SortedSet<String>> halves = new HashMap<>();
        for (String name : names) {
            holders.put(name, file(name));
            if (info(name).type() != DType.F32) {
                halves.computeIfAbsent(file(name), file -> new TreeSet<>()).add(name);
            }
        }
        halves.forEach((file, tensors) -> {
            SafetensorsFile copy = converted.of(file);
            tensors.forEach(name -> holders.put(name, copy));
        });
        return place(holders);
    }

    private static Located place(Map<String, SafetensorsFile> holders) {
        Map<SafetensorsFile, Path> real = new HashMap<>();
        holders.values().forEach(file -> real.computeIfAbsent(file, found -> WeightFiles.real(found.path())));
        Path common = WeightFiles.commonFolder(real.values());
        Map<String, Place> places = new TreeMap<>();
        holders.forEach((name, file) -> {
            TensorInfo info = file.header().tensor(name).orElseThrow();
            String location = common.relativize(real.get(file)).toString().replace('\\', '/');
            places.put(name, new Place(location, file.header().dataStart() + info.begin(), info.length()));
        });
        return new Located(common, places);
    }
}
