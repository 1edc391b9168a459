package io.wanstreams.inference.graph;

import java.util.List;

/** The result of a node, an input or a weight; belongs to the graph that made it. */
public final class Value {
    private final Model owner;
    private final String name;
    private final ElementType type;
    private final List<Dim> dims;

    Value(Model owner, String name, ElementType type, List<Dim> dims) {
        this.owner = owner;
        this.name = name;
        this.type = type;
        this.dims = List.copyOf(dims);
    }

    Model owner() {
        return owner;
    }

    /** Unique in the graph; an absent optional input has the empty name. */
    public String name() {
        return name;
    }

    public ElementType type() {
        return type;
    }

    /** The extents, outermost first. */
    public List<Dim> dims() {
        return dims;
    }

    /** One extent; negative axes count from the end. */
    public Dim dim(int axis) {
        return dims.get(axis < 0 ? dims.size() + axis : axis);
    }

    public int rank() {
        return dims.size();
    }

    /** For example {@code FLOAT[tokens, 192]}. */
    @Override
    public String toString() {
        return type + dims.toString();
    }
}
