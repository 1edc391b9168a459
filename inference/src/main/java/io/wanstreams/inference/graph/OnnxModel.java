package io.wanstreams.inference.graph;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A finished model. */
public final class OnnxModel {
    private final Model model;
    private final byte[] bytes;
    private final Optional<Path> folder;

    OnnxModel(Model model, byte[] bytes, Optional<Path> folder) {
        this.model = model;
        this.bytes = bytes;
        this.folder = folder;
    }

    /** The ONNX file, weights not included; handed to the runtime as it is, so do not change it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Below which the weights' files are; empty if the graph has none. */
    public Optional<Path> folder() {
        return folder;
    }

    /** Every kind of node in the graph: what it does, and on which types. */
    public Set<OperatorUse> operators() {
        return model.uses.stream().map(OperatorUse::of).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * What one run takes.
     *
     * @param extents by symbol of the inputs
     * @throws IllegalArgumentException if a symbol is missing
     */
    public NetworkCost cost(Map<String, Long> extents) {
        return new CostOfGraph(model, extents).total();
    }
}
