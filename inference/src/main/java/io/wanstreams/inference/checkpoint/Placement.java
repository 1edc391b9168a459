package io.wanstreams.inference.checkpoint;

import io.wanstreams.inference.graph.WeightSource.Located;
import io.wanstreams.inference.graph.WeightSource.Place;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Tells the runtime where tensors lie: real files below one folder. */
final class Placement {

    private Placement() {}

    static Located of(Map<String, StoredTensor> tensors) {
        Map<Path, Path> real = new HashMap<>();
        tensors.values().forEach(tensor -> real.computeIfAbsent(tensor.file(), WeightFiles::real));
        Path common = WeightFiles.commonFolder(real.values());
        Map<String, Place> places = new TreeMap<>();
        tensors.forEach((name, tensor) -> {
            Path file = Objects.requireNonNull(real.get(tensor.file()));
            String location = common.relativize(file).toString().replace('\\', '/');
            places.put(name, new Place(location, tensor.offset(), tensor.bytes()));
        });
        return new Located(common, places);
    }
}
