package io.wanstreams.tensors;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The extents of a tensor, outermost first; immutable. No extent is negative, the rank is at most {@value #MAX_RANK},
 * and the number of elements fits a {@code long}, so no later arithmetic on it can overflow unseen.
 */
public final class Shape {
    public static final int MAX_RANK = 16;

    private final long[] dims;
    private final long elements;

    private Shape(long[] dims) {
        this.dims = dims;
        this.elements = count(dims);
    }

    /**
     * A shape of these extents; none makes a scalar.
     *
     * @throws IllegalArgumentException for a negative extent, too many axes, or more elements than a {@code long} counts
     */
    public static Shape of(long... dims) {
        return new Shape(dims.clone());
    }

    private static long count(long[] dims) {
        if (dims.length > MAX_RANK) {
            throw new IllegalArgumentException(
                    "A shape has at most " + MAX_RANK + " axes, this one has " + dims.length + ".");
        }
        boolean empty = false;
        long product = 1;
        for (long dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("Shape " + Arrays.toString(dims) + " has a negative extent.");
            }
            empty |= dim == 0;
            // Extents beside a zero are multiplied as well, so that no shape hides an overflow behind a zero.
            product = multiply(product, Math.max(dim, 1), dims);
        }
        return empty ? 0 : product;
    }

    private static long multiply(long left, long right, long[] dims) {
        long high = Math.multiplyHigh(left, right);
        long low = left * right;
        if (high != 0 || low < 0) {
            throw new IllegalArgumentException(
                    "Shape " + Arrays.toString(dims) + " has more elements than 64 bits can count.");
        }
        return low;
    }

    public int rank() {
        return dims.length;
    }

    /** The extent of an axis; negative axes count from the end. */
    public long dim(int axis) {
        return dims[axis < 0 ? dims.length + axis : axis];
    }

    /** A copy of the extents. */
    public long[] dims() {
        return dims.clone();
    }

    /** The product of the extents; 1 for a scalar. */
    public long elements() {
        return elements;
    }

    /**
     * Size in bytes of this many elements.
     *
     * @throws IllegalArgumentException if it does not fit a {@code long}
     */
    public long bytes(DType type) {
        return multiply(elements, type.byteSize(), dims);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(dims, that.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** For example {@code [16,5,4,6]}. */
    @Override
    public String toString() {
        return Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
