package io.wanstreams.inference.graph;

import java.util.ArrayList;
import java.util.List;

/** Operators that move, pick and repeat elements. */
public sealed interface ShapeOperators extends Operators permits GraphBuilder {
    /** The extent of one axis at run time, an I64 array of one element. */
    default Value shapeOf(Value x, int axis) {
        int counted = ShapeRules.axis(this, "Shape", x, axis);
        Attributes range = Attributes.none().with("start", counted).with("end", counted + 1L);
        return one("Shape", List.of(x), range, ElementType.INT64, Dim.list(1));
    }

    /** The same elements under other extents; what is not a number is computed from the inputs' shapes. */
    default Value reshape(Value x, List<Dim> dims) {
        ShapeRules.fit(this, "Reshape", () -> {
            boolean equal = Dim.product(x.dims()).equals(Dim.product(dims));
            ShapeRules.check(equal, x.dims() + " and " + dims + " have different numbers of elements");
            return dims;
        });
        return one("Reshape", List.of(x, reshapeSizes(x, dims)), Attributes.none(), x.type(), dims);
    }

    /** One unknown extent is left to the runtime, extents that stay on their axis are copied, the rest is computed. */
    private Value reshapeSizes(Value x, List<Dim> dims) {
        long[] literal = new long[dims.size()];
        int unknown = 0;
        for (int i = 0; i < literal.length; i++) {
            Dim dim = dims.get(i);
            boolean copied = !dim.isFixed() && i < x.rank() && dim.equals(x.dim(i));
            literal[i] = dim.isFixed() ? dim.size() : copied ? 0 : -1;
            unknown += literal[i] == -1 ? 1 : 0;
        }
        return unknown <= 1 ? ints(literal) : sizes(dims);
    }

    /** States extents that only the caller knows to be equal, such as a rounded quotient; adds no node. */
    default Value assume(Value x, List<Dim> dims) {
        for (int i = 0; i < x.rank(); i++) {
            if (dims.size() != x.rank() || (x.dim(i).isFixed() && !x.dim(i).equals(dims.get(i)))) {
                throw refused("cannot assume " + dims + " of " + x);
            }
        }
        return new Value(x.owner(), x.name(), x.type(), dims);
    }

    default Value transpose(Value x, int... permutation) {
        List<Dim> dims = ShapeRules.fit(this, "Transpose", () -> ShapeRules.transpose(x.dims(), permutation));
        long[] perm = new long[permutation.length];
        for (int i = 0; i < perm.length; i++) {
            perm[i] = permutation[i];
        }
        return one("Transpose", List.of(x), Attributes.none().with("perm", perm), x.type(), dims);
    }

    /** Drops an axis of extent 1. */
    default Value squeeze(Value x, int axis) {
        int counted = ShapeRules.axis(this, "Squeeze", x, axis);
        if (!x.dim(counted).is(1)) {
            throw refused("Squeeze wants extent 1 on axis " + axis + " of " + x);
        }
        List<Dim> dims = new ArrayList<>(x.dims());
        dims.remove(counted);
        return one("Squeeze", List.of(x, ints(counted)), Attributes.none(), x.type(), dims);
    }

    /** Adds an axis of extent 1, which will be at this position. */
    default Value unsqueeze(Value x, int axis) {
        List<Dim> dims = new ArrayList<>(x.dims());
        int counted = axis < 0 ? x.rank() + 1 + axis : axis;
        if (counted < 0 || counted > x.rank()) {
            throw refused("Unsqueeze wants axis " + axis + " of " + x);
        }
        dims.add(counted, Dim.of(1));
        return one("Unsqueeze", List.of(x, ints(counted)), Attributes.none(), x.type(), dims);
    }

    default Value concat(int axis, List<Value> values) {
        int counted = ShapeRules.axis(this, "Concat", values.get(0), axis);
        List<Dim> dims = ShapeRules.fit(this, "Concat", () -> ShapeRules.concat(counted, values));
        return one(
                "Concat",
                values,
                Attributes.none().with("axis", counted),
                values.get(0).type(),
                dims);
    }

    /** Elements start (inclusive) to end (exclusive) of one axis; negative from the end, Long.MAX_VALUE for all. */
    default Value slice(Value x, int axis, long start, long end) {
        int counted = ShapeRules.axis(this, "Slice", x, axis);
        List<Dim> dims = ShapeRules.fit(this, "Slice", () -> ShapeRules.slice(x.dims(), counted, start, end));
        return one("Slice", List.of(x, ints(start), ints(end), ints(counted)), Attributes.none(), x.type(), dims);
    }

    /** Parts of these lengths along one axis. */
    default List<Value> split(Value x, int axis, long... lengths) {
        int counted = ShapeRules.axis(this, "Split", x, axis);
        List<Result> parts = new ArrayList<>();
        Dim sum = Dim.of(0);
        for (long length : lengths) {
            parts.add(new Result(x.type(), ShapeRules.replaced(x.dims(), counted, Dim.of(length))));
            sum = sum.plus(length);
        }
        if (!sum.equals(x.dim(counted))) {
            throw refused("Split does not fit: the parts of " + x + " on axis " + axis + " add up to " + sum);
        }
        return node("", "Split", List.of(x, ints(lengths)), Attributes.none().with("axis", counted), parts);
    }

    /** Rows of x along an axis, chosen by an integer array. */
    default Value gather(Value x, Value indices, int axis) {
        int counted = ShapeRules.axis(this, "Gather", x, axis);
        if (indices.type() != ElementType.INT64 && indices.type() != ElementType.INT32) {
            throw refused("Gather wants integer indices, not " + indices);
        }
        List<Dim> dims = new ArrayList<>(x.dims().subList(0, counted));
        dims.addAll(indices.dims());
        dims.addAll(x.dims().subList(counted + 1, x.rank()));
        return one("Gather", List.of(x, indices), Attributes.none().with("axis", counted), x.type(), dims);
    }

    /** Repeats axes of extent 1 up to these extents. */
    default Value expand(Value x, List<Dim> dims) {
        List<Dim> result = ShapeRules.fit(this, "Expand", () -> ShapeRules.broadcast(x.dims(), dims));
        return one("Expand", List.of(x, sizes(dims)), Attributes.none(), x.type(), result);
    }

    /** Nearest-exact upsampling of [n, c, height, width] by whole factors (fast only with four axes). */
    default Value upsampleNearest(Value x, int heightFactor, int widthFactor) {
        if (x.rank() != 4) {
            throw refused("Resize wants four axes, not " + x);
        }
        Attributes how = Attributes.none()
                .with("mode", "nearest")
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor");
        Value scales = floats(1, 1, heightFactor, widthFactor);
        List<Dim> dims = List.of(
                x.dim(0), x.dim(1), x.dim(2).times(heightFactor), x.dim(3).times(widthFactor));
        return one("Resize", List.of(x, absent(), scales), how, x.type(), dims);
    }
}
