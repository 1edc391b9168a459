package io.wanstreams.bench.network;

import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.SafetensorsLayout.Slot;
import io.wanstreams.tensors.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Agrees to every weight that a graph asks for and remembers it: the list of a checkpoint's tensors, from its config. */
final class WantedWeights implements WeightSource {

    private final SortedMap<String, Slot> slots = new TreeMap<>();

    SortedMap<String, Slot> slots() {
        return slots;
    }

    @Override
    public boolean has(String name) {
        return true;
    }

    @Override
    public void require(String name, long... dims) {
        slots.put(name, new Slot(DType.F32, Shape.of(dims)));
    }

    @Override
    public Located locate(Set<String> names) {
        return new Located(Path.of(""), Map.of());
    }
}
