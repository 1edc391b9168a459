package io.wanstreams.inference.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Which shape an operator gives; a refusal says what does not fit, the graph adds the layer's name. */
final class ShapeRules {
    private ShapeRules() {}

    /** A rule's result; what it refuses is refused in the layer's name. */
    static List<Dim> fit(Operators at, String op, Supplier<List<Dim>> rule) {
        try {
            return rule.get();
        } catch (GraphException e) {
            throw at.refused(op + " does not fit: " + e.getMessage());
        }
    }

    /** An axis counted from the beginning. */
    static int axis(Operators at, String op, Value x, int axis) {
        int counted = axis < 0 ? x.rank() + axis : axis;
        if (counted < 0 || counted >= x.rank()) {
            throw at.refused(op + " wants axis " + axis + " of " + x);
        }
        return counted;
    }

    static List<Dim> broadcast(List<Dim> left, List<Dim> right) {
        int rank = Math.max(left.size(), right.size());
        List<Dim> result = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            Dim a = fromEnd(left, rank - axis);
            Dim b = fromEnd(right, rank - axis);
            check(a.equals(b) || a.is(1) || b.is(1), left + " and " + right + " do not broadcast");
            result.add(a.is(1) ? b : a);
        }
        return result;
    }

    private static Dim fromEnd(List<Dim> dims, int distance) {
        return distance > dims.size() ? Dim.of(1) : dims.get(dims.size() - distance);
    }

    static List<Dim> matMul(List<Dim> a, List<Dim> b) {
        check(a.size() >= 2 && b.size() >= 2, "both factors need two axes or more, not " + a + " and " + b);
        check(last(a, 1).equals(last(b, 2)), "inner extents of " + a + " and " + b + " differ");
        List<Dim> result = new ArrayList<>(broadcast(a.subList(0, a.size() - 2), b.subList(0, b.size() - 2)));
        result.add(last(a, 2));
        result.add(last(b, 1));
        return result;
    }

    private static Dim last(List<Dim> dims, int distance) {
        return dims.get(dims.size() - distance);
    }

    static List<Dim> concat(int axis, List<Value> values) {
        List<Dim> result = new ArrayList<>(values.get(0).dims());
        for (Value value : values.subList(1, values.size())) {
            check(value.type() == values.get(0).type(), values.get(0) + " and " + value + " have different types");
            check(value.rank() == result.size(), result + " and " + value.dims() + " have different ranks");
            for (int i = 0; i < result.size(); i++) {
                if (i == axis) {
                    result.set(i, result.get(i).plus(value.dim(i)));
                } else {
                    check(result.get(i).equals(value.dim(i)), result + " and " + value.dims() + " differ on axis " + i);
                }
            }
        }
        return result;
    }

    static List<Dim> slice(List<Dim> dims, int axis, long start, long end) {
        Dim extent = dims.get(axis);
        Dim from = start < 0 ? extent.plus(start) : Dim.of(start);
        Dim to = end == Long.MAX_VALUE ? extent : end < 0 ? extent.plus(end) : Dim.of(end);
        Dim length = to.minus(from);
        check(!length.isFixed() || length.size() >= 0, "there is no range " + start + " to " + end + " in " + dims);
        check(
                !extent.isFixed() || !to.isFixed() || to.size() <= extent.size(),
                "range " + start + " to " + end + " ends beyond " + dims);
        return replaced(dims, axis, length);
    }

    static List<Dim> conv(List<Dim> x, List<Dim> w, ConvShape shape) {
        int spatial = x.size() - 2;
        check(spatial >= 1 && w.size() == x.size(), "kernel " + w + " does not fit the rank of " + x);
        check(
                shape.strides().length == spatial && shape.padsBefore().length == spatial,
                shape.strides().length + " strides given for " + spatial + " spatial axes");
        check(x.get(1).equals(w.get(1).times(shape.groups())), "kernel " + w + " does not take the channels of " + x);
        List<Dim> result = new ArrayList<>(List.of(x.get(0), w.get(0)));
        for (int i = 0; i < spatial; i++) {
            Dim span = x.get(i + 2)
                    .plus(shape.padsBefore()[i] + shape.padsAfter()[i])
                    .minus(w.get(i + 2));
            result.add(span.dividedBy(shape.strides()[i]).plus(1));
        }
        return result;
    }

    static List<Dim> convTranspose(List<Dim> x, List<Dim> w, ConvShape shape) {
        int spatial = x.size() - 2;
        check(spatial >= 1 && w.size() == x.size(), "kernel " + w + " does not fit the rank of " + x);
        check(x.get(1).equals(w.get(0)), "kernel " + w + " does not take the channels of " + x);
        List<Dim> result = new ArrayList<>(List.of(x.get(0), w.get(1).times(shape.groups())));
        for (int i = 0; i < spatial; i++) {
            Dim grown = x.get(i + 2).plus(-1).times(shape.strides()[i]).plus(w.get(i + 2));
            result.add(grown.plus(-shape.padsBefore()[i] - shape.padsAfter()[i]));
        }
        return result;
    }

    static List<Dim> transpose(List<Dim> dims, int... permutation) {
        check(permutation.length == dims.size(), permutation.length + " axes given for " + dims);
        List<Dim> result = new ArrayList<>();
        boolean[] seen = new boolean[dims.size()];
        for (int axis : permutation) {
            check(axis >= 0 && axis < dims.size() && !seen[axis], "axis " + axis + " is twice or not in " + dims);
            seen[axis] = true;
            result.add(dims.get(axis));
        }
        return result;
    }

    static List<Dim> reduce(List<Dim> dims, boolean keep, int... axes) {
        List<Dim> result = new ArrayList<>();
        for (int i = 0; i < dims.size(); i++) {
            boolean reduced = contains(axes, i);
            if (!reduced || keep) {
                result.add(reduced ? Dim.of(1) : dims.get(i));
            }
        }
        return result;
    }

    private static boolean contains(int[] axes, int wanted) {
        for (int axis : axes) {
            if (axis == wanted) {
                return true;
            }
        }
        return false;
    }

    static List<Dim> replaced(List<Dim> dims, int axis, Dim with) {
        List<Dim> result = new ArrayList<>(dims);
        result.set(axis, with);
        return result;
    }

    static void check(boolean fits, String refusal) {
        if (!fits) {
            throw new GraphException(refusal);
        }
    }
}
