package io.wanstreams.inference.graph;

import static io.wanstreams.inference.graph.GraphBuilder.CONTRIB;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ONNX operators we use, by their ONNX names. Each checks types and extents and throws a {@link GraphException} that
 * names the layer. Axes count from the end when negative.
 */
public abstract sealed class Operators permits GraphBuilder {
    Operators() {}

    /** One result of a node. */
    public record Result(ElementType type, List<Dim> dims) {}

    /** Any node; results are believed. For operators that have no method here. */
    public abstract List<Value> node(
            String domain, String op, List<Value> in, Attributes attributes, List<Result> results);

    /** Stands for an optional input that is not given. */
    public abstract Value absent();

    /** Extents as an I64 array, computed at run time where they are not numbers. */
    public abstract Value sizes(List<Dim> dims);

    abstract Value ints(long... values);

    abstract List<Dim> fit(String op, Supplier<List<Dim>> rule);

    abstract GraphException refused(String reason);

    private Value one(String op, List<Value> in, Attributes attributes, ElementType type, List<Dim> dims) {
        return node("", op, in, attributes, List.of(new Result(type, dims))).get(0);
    }

    private Value same(String op, Value x, Attributes attributes) {
        return one(op, List.of(x), attributes, x.type(), x.dims());
    }

    private Value broadcast(String op, Value a, Value b) {
        if (a.type() != b.type()) {
            throw refused(op + " mixes " + a + " and " + b);
        }
        List<Dim> dims = fit(op, () -> ShapeRules.broadcast(a.dims(), b.dims()));
        return one(op, List.of(a, b), Attributes.none(), a.type(), dims);
    }

    private int axis(String op, Value x, int axis) {
        int counted = axis < 0 ? x.rank() + axis : axis;
        if (counted < 0 || counted >= x.rank()) {
            throw refused(op + " wants axis " + axis + " of " + x);
        }
        return counted;
    }

    // ---- element by element

    public Value add(Value a, Value b) {
        return broadcast("Add", a, b);
    }

    public Value sub(Value a, Value b) {
        return broadcast("Sub", a, b);
    }

    public Value mul(Value a, Value b) {
        return broadcast("Mul", a, b);
    }

    public Value div(Value a, Value b) {
        return broadcast("Div", a, b);
    }

    /** The larger of each two elements. */
    public Value max(Value a, Value b) {
        return broadcast("Max", a, b);
    }

    public Value sqrt(Value x) {
        return same("Sqrt", x, Attributes.none());
    }

    public Value sigmoid(Value x) {
        return same("Sigmoid", x, Attributes.none());
    }

    /** x · sigmoid(x), in one kernel. */
    public Value silu(Value x) {
        return node(CONTRIB, "QuickGelu", List.of(x), Attributes.none().with("alpha", 1f), List.of(resultLike(x)))
                .get(0);
    }

    /** GELU in its tanh form. */
    public Value geluTanh(Value x) {
        return same("Gelu", x, Attributes.none().with("approximate", "tanh"));
    }

    public Value softmax(Value x, int axis) {
        return same("Softmax", x, Attributes.none().with("axis", axis("Softmax", x, axis)));
    }

    /** Limits every element to low … high. */
    public Value clip(Value x, Value low, Value high) {
        return one("Clip", List.of(x, low, high), Attributes.none(), x.type(), x.dims());
    }

    public Value cast(Value x, ElementType type) {
        return one("Cast", List.of(x), Attributes.none().with("to", type.code()), type, x.dims());
    }

    private static Result resultLike(Value x) {
        return new Result(x.type(), x.dims());
    }

    // ---- products

    /** Batched matrix product of the last two axes. */
    public Value matMul(Value a, Value b) {
        List<Dim> dims = fit("MatMul", () -> ShapeRules.matMul(a.dims(), b.dims()));
        return one("MatMul", List.of(a, b), Attributes.none(), a.type(), dims);
    }

    /** x [n, in] · wᵀ + bias, with w [out, in] as PyTorch stores it. */
    public Value gemm(Value x, Value w, @Nullable Value bias) {
        if (x.rank() != 2 || w.rank() != 2 || !x.dim(1).equals(w.dim(1))) {
            throw refused("Gemm does not fit: " + x + " and weight " + w);
        }
        if (bias != null && !bias.dims().equals(List.of(w.dim(0)))) {
            throw refused("Gemm does not fit: weight " + w + " and bias " + bias);
        }
        List<Value> in = bias == null ? List.of(x, w) : List.of(x, w, bias);
        return one("Gemm", in, Attributes.none().with("transB", 1), x.type(), List.of(x.dim(0), w.dim(0)));
    }

    /** x [n, in] times w I8 [in, out] times scale [out], plus bias [out]; x is rounded to 8 bits with one scale per call. */
    public Value int8Gemm(Value x, Value w, Value scale, @Nullable Value bias) {
        if (x.rank() != 2 || w.rank() != 2 || !x.dim(1).equals(w.dim(0))) {
            throw refused("DynamicQuantizeMatMul does not fit: " + x + " and weight " + w);
        }
        List<Value> in = bias == null ? List.of(x, w, scale) : List.of(x, w, scale, absent(), bias);
        return node(
                        CONTRIB,
                        "DynamicQuantizeMatMul",
                        in,
                        Attributes.none(),
                        List.of(new Result(x.type(), List.of(x.dim(0), w.dim(1)))))
                .get(0);
    }

    /** Convolution of [n, c, …] with w [out, c/groups, …]. */
    public Value conv(Value x, Value w, @Nullable Value bias, ConvShape shape) {
        List<Dim> dims = fit("Conv", () -> ShapeRules.conv(x.dims(), w.dims(), shape));
        List<Value> in = bias == null ? List.of(x, w) : List.of(x, w, bias);
        return one("Conv", in, shape.attributes(Attributes.none()), x.type(), dims);
    }

    /** Transposed convolution of [n, c, …] with w [c, out/groups, …]. */
    public Value convTranspose(Value x, Value w, @Nullable Value bias, ConvShape shape) {
        List<Dim> dims = fit("ConvTranspose", () -> ShapeRules.convTranspose(x.dims(), w.dims(), shape));
        List<Value> in = bias == null ? List.of(x, w) : List.of(x, w, bias);
        return one("ConvTranspose", in, shape.attributes(Attributes.none()), x.type(), dims);
    }

    // ---- norms and reductions

    /** Over the last axis, biased variance. */
    public Value layerNormalization(Value x, Value scale, @Nullable Value bias, double epsilon) {
        checkLast("LayerNormalization", x, scale);
        List<Value> in = bias == null ? List.of(x, scale) : List.of(x, scale, bias);
        return one("LayerNormalization", in, epsilon(epsilon), x.type(), x.dims());
    }

    /** Over the last axis: scale · x / √(mean(x²) + epsilon). */
    public Value rmsNormalization(Value x, Value scale, double epsilon) {
        checkLast("RMSNormalization", x, scale);
        return one("RMSNormalization", List.of(x, scale), epsilon(epsilon), x.type(), x.dims());
    }

    private void checkLast(String op, Value x, Value scale) {
        if (!scale.dims().equals(List.of(x.dim(-1)))) {
            throw refused(op + " does not fit: " + x + " and scale " + scale);
        }
    }

    private static Attributes epsilon(double epsilon) {
        return Attributes.none().with("axis", -1).with("epsilon", (float) epsilon);
    }

    public Value reduceSum(Value x, boolean keep, int... axes) {
        return reduce("ReduceSum", x, keep, axes);
    }

    public Value reduceMean(Value x, boolean keep, int... axes) {
        return reduce("ReduceMean", x, keep, axes);
    }

    /** Root of the sum of squares. */
    public Value reduceL2(Value x, boolean keep, int... axes) {
        return reduce("ReduceL2", x, keep, axes);
    }

    private Value reduce(String op, Value x, boolean keep, int... axes) {
        int[] counted = axes.clone();
        long[] asLongs = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            counted[i] = axis(op, x, axes[i]);
            asLongs[i] = counted[i];
        }
        List<Dim> dims = ShapeRules.reduce(x.dims(), keep, counted);
        return one(op, List.of(x, ints(asLongs)), Attributes.none().with("keepdims", keep ? 1 : 0), x.type(), dims);
    }

    // ---- shapes

    /** The extent of one axis at run time, an I64 array of one element. */
    public Value shapeOf(Value x, int axis) {
        int counted = axis("Shape", x, axis);
        Attributes range = Attributes.none().with("start", counted).with("end", counted + 1L);
        return one("Shape", List.of(x), range, ElementType.INT64, Dim.list(1));
    }

    /** The same elements under other extents; what is not a number is computed from the inputs' shapes. */
    public Value reshape(Value x, List<Dim> dims) {
        fit("Reshape", () -> {
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
    public Value assume(Value x, List<Dim> dims) {
        for (int i = 0; i < x.rank(); i++) {
            if (dims.size() != x.rank() || (x.dim(i).isFixed() && !x.dim(i).equals(dims.get(i)))) {
                throw refused("cannot assume " + dims + " of " + x);
            }
        }
        return new Value(x.owner(), x.name(), x.type(), dims);
    }

    public Value transpose(Value x, int... permutation) {
        List<Dim> dims = fit("Transpose", () -> ShapeRules.transpose(x.dims(), permutation));
        long[] perm = new long[permutation.length];
        for (int i = 0; i < perm.length; i++) {
            perm[i] = permutation[i];
        }
        return one("Transpose", List.of(x), Attributes.none().with("perm", perm), x.type(), dims);
    }

    /** Drops an axis of extent 1. */
    public Value squeeze(Value x, int axis) {
        int counted = axis("Squeeze", x, axis);
        if (!x.dim(counted).is(1)) {
            throw refused("Squeeze wants extent 1 on axis " + axis + " of " + x);
        }
        List<Dim> dims = new ArrayList<>(x.dims());
        dims.remove(counted);
        return one("Squeeze", List.of(x, ints(counted)), Attributes.none(), x.type(), dims);
    }

    /** Adds an axis of extent 1, which will be at this position. */
    public Value unsqueeze(Value x, int axis) {
        List<Dim> dims = new ArrayList<>(x.dims());
        int counted = axis < 0 ? x.rank() + 1 + axis : axis;
        if (counted < 0 || counted > x.rank()) {
            throw refused("Unsqueeze wants axis " + axis + " of " + x);
        }
        dims.add(counted, Dim.of(1));
        return one("Unsqueeze", List.of(x, ints(counted)), Attributes.none(), x.type(), dims);
    }

    public Value concat(int axis, List<Value> values) {
        int counted = axis("Concat", values.get(0), axis);
        List<Dim> dims = fit("Concat", () -> ShapeRules.concat(counted, values));
        return one(
                "Concat",
                values,
                Attributes.none().with("axis", counted),
                values.get(0).type(),
                dims);
    }

    /** Elements start (inclusive) to end (exclusive) of one axis; negative from the end, Long.MAX_VALUE for all. */
    public Value slice(Value x, int axis, long start, long end) {
        int counted = axis("Slice", x, axis);
        List<Dim> dims = fit("Slice", () -> ShapeRules.slice(x.dims(), counted, start, end));
        return one("Slice", List.of(x, ints(start), ints(end), ints(counted)), Attributes.none(), x.type(), dims);
    }

    /** Parts of these lengths along one axis. */
    public List<Value> split(Value x, int axis, long... lengths) {
        int counted = axis("Split", x, axis);
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
    public Value gather(Value x, Value indices, int axis) {
        int counted = axis("Gather", x, axis);
        if (indices.type() != ElementType.INT64 && indices.type() != ElementType.INT32) {
            throw refused("Gather wants integer indices, not " + indices);
        }
        List<Dim> dims = new ArrayList<>(x.dims().subList(0, counted));
        dims.addAll(indices.dims());
        dims.addAll(x.dims().subList(counted + 1, x.rank()));
        return one("Gather", List.of(x, indices), Attributes.none().with("axis", counted), x.type(), dims);
    }

    /** Repeats axes of extent 1 up to these extents. */
    public Value expand(Value x, List<Dim> dims) {
        List<Dim> result = fit("Expand", () -> ShapeRules.broadcast(x.dims(), dims));
        return one("Expand", List.of(x, sizes(dims)), Attributes.none(), x.type(), result);
    }

    /** Nearest-exact upsampling of [n, c, height, width] by whole factors (fast only with four axes). */
    public Value upsampleNearest(Value x, int heightFactor, int widthFactor) {
        if (x.rank() != 4) {
            throw refused("Resize wants four axes, not " + x);
        }
        Attributes how = Attributes.none()
                .with("mode", "nearest")
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor");
        Value scales = scales(1, 1, heightFactor, widthFactor);
        List<Dim> dims = List.of(
                x.dim(0), x.dim(1), x.dim(2).times(heightFactor), x.dim(3).times(widthFactor));
        return one("Resize", List.of(x, absent(), scales), how, x.type(), dims);
    }

    private Value scales(float... factors) {
        return ((GraphBuilder) this).constant(factors, factors.length);
    }

    // ---- attention

    /** Rotates adjacent pairs of each head: x [1, n, heads·size], cos and sin [1, n, size/2]. */
    public Value rotaryEmbedding(Value x, Value cos, Value sin, long heads) {
        boolean fits = x.rank() == 3
                && cos.dims().equals(sin.dims())
                && cos.rank() == 3
                && cos.dim(1).equals(x.dim(1))
                && x.dim(2).equals(cos.dim(2).times(2 * heads));
        if (!fits) {
            throw refused("RotaryEmbedding does not fit: " + x + " with " + heads + " heads and tables " + cos);
        }
        Attributes how = Attributes.none().with("interleaved", 1).with("num_heads", heads);
        return one("RotaryEmbedding", List.of(x, cos, sin), how, x.type(), x.dims());
    }

    /**
     * softmax(scale · q kᵀ + bias) v for each head: q [1, n, heads·size], k and v [1, m, heads·size], bias [1, heads, n, m]
     * or none. Without a bias the runtime never holds n × m numbers.
     */
    public Value multiHeadAttention(Value q, Value k, Value v, @Nullable Value bias, long heads, double scale) {
        boolean fits = q.rank() == 3
                && k.dims().equals(v.dims())
                && k.rank() == 3
                && q.dim(2).equals(k.dim(2))
                && q.dim(2).isFixed()
                && q.dim(2).size() % heads == 0;
        if (!fits) {
            throw refused("MultiHeadAttention does not fit: " + q + ", " + k + ", " + v + " with " + heads + " heads");
        }
        List<Value> in =
                bias == null ? List.of(q, k, v) : List.of(q, k, v, absent(), absent(), checkedBias(bias, q, k, heads));
        Attributes how = Attributes.none().with("num_heads", heads).with("scale", (float) scale);
        return node(CONTRIB, "MultiHeadAttention", in, how, List.of(resultLike(q)))
                .get(0);
    }

    private Value checkedBias(Value bias, Value q, Value k, long heads) {
        if (!bias.dims().equals(List.of(Dim.of(1), Dim.of(heads), q.dim(1), k.dim(1)))) {
            throw refused("MultiHeadAttention does not fit: bias " + bias + " for " + q + " and " + k);
        }
        return bias;
    }
}
