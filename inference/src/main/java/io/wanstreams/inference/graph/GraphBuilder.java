package io.wanstreams.inference.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds one ONNX graph (opset 23, IR 11, {@code com.microsoft} 1). An instance is a scope of it: {@code at("blocks.7")}
 * is the same graph under a longer name, and every refusal and every node carries that name. Operators are in
 * {@link Operators}.
 *
 * <p>The order of writing decides what is held in memory: the runtime goes from the outputs to the inputs and, of a node's
 * inputs, makes the one first that was written last. So what is small to hold, or long in coming, is written last.
 */
public final class GraphBuilder
        implements ElementwiseOperators, ProductOperators, NormOperators, ShapeOperators, AttentionOperators {
    /** The domain of ONNX Runtime's own operators. */
    public static final String CONTRIB = "com.microsoft";

    private final Model model;
    private final String scope;

    private GraphBuilder(Model model, String scope) {
        this.model = model;
        this.scope = scope;
    }

    /** An empty graph that takes its weights from the source. */
    public static GraphBuilder of(String name, WeightSource source) {
        return of(name, source, Flavour.CPU);
    }

    /** An empty graph of a flavour that takes its weights from the source. */
    public static GraphBuilder of(String name, WeightSource source, Flavour flavour) {
        return new GraphBuilder(new Model(name, Optional.of(source), flavour), "");
    }

    /** An empty graph without weights. */
    public static GraphBuilder of(String name) {
        return of(name, Flavour.CPU);
    }

    /** An empty graph of a flavour, without weights. */
    public static GraphBuilder of(String name, Flavour flavour) {
        return new GraphBuilder(new Model(name, Optional.empty(), flavour), "");
    }

    @Override
    public Flavour flavour() {
        return model.flavour;
    }

    /** The same graph, under a longer name. */
    public GraphBuilder at(String name) {
        return new GraphBuilder(model, scope.isEmpty() ? name : scope + "." + name);
    }

    /** An input of the graph. Symbols in its extents can be used in every later shape. */
    public Value input(String name, ElementType type, List<Dim> dims) {
        Value value = new Value(model, name, type, dims);
        if (model.unique(name).equals(name)) {
            model.inputs.put(name, value);
            return value;
        }
        throw refused("the graph already has a value named " + name);
    }

    /** Makes the value a result of the graph under that name. */
    public void output(String name, Value value) {
        if (!model.unique(name).equals(name)) {
            throw refused("the graph already has a value named " + name);
        }
        Value named = new Value(model, name, value.type(), value.dims());
        emit("Identity", "", name, List.of(value), List.of(named), Attributes.none());
        model.outputs.put(name, named);
    }

    /** True if the source has a weight of that name. */
    public boolean hasWeight(String name) {
        return model.source().has(name);
    }

    /** The F32 weight of that name in the checkpoint, which must have exactly these extents. */
    public Value weight(String name, long... dims) {
        return weight(name, dims, dims);
    }

    /** A weight seen under other extents with the same number of elements; the bytes stay as they are. */
    public Value weight(String name, long[] stored, long[] seen) {
        if (product(stored) != product(seen)) {
            throw refused("weight " + name + " cannot be seen as " + Arrays.toString(seen));
        }
        String key = Arrays.equals(stored, seen) ? name : name + Arrays.toString(seen);
        Value known = model.weights.get(key);
        if (known != null) {
            return known;
        }
        model.source().require(name, stored);
        Value value = new Value(model, key, ElementType.FLOAT, Dim.list(seen));
        model.addExternal(value, name);
        return value;
    }

    /** How the source wants the layer of that weight computed. */
    public LinearFormat format(String name) {
        return model.source().format(name);
    }

    /**
     * A part of a weight that is not F32, see {@link PartName}.
     *
     * @param name of the weight, whose shape is {@code stored}
     * @param dims of the part
     */
    public Value part(String name, long[] stored, String part, ElementType type, long... dims) {
        String key = name + part;
        Value known = model.weights.get(key);
        if (known != null) {
            return known;
        }
        model.source().require(name, stored);
        Value value = new Value(model, key, type, Dim.list(dims));
        model.addExternal(value, key);
        return value;
    }

    private static long product(long[] dims) {
        return Arrays.stream(dims).reduce(1, Math::multiplyExact);
    }

    /** A constant F32 array, stored in the model; for small ones. */
    public Value constant(float[] values, long... dims) {
        ByteBuffer bytes = little(Math.multiplyExact(values.length, 4));
        bytes.asFloatBuffer().put(values);
        return inline(ElementType.FLOAT, bytes, dims);
    }

    /** A constant F32 scalar. */
    public Value scalar(float value) {
        return constant(new float[] {value});
    }

    @Override
    public Value ints(long... values) {
        return constant(values, values.length);
    }

    @Override
    public Value floats(float... values) {
        return constant(values, values.length);
    }

    /** A constant I64 array; without extents a scalar. */
    public Value constant(long[] values, long... dims) {
        ByteBuffer bytes = little(Math.multiplyExact(values.length, 8));
        bytes.asLongBuffer().put(values);
        return inline(ElementType.INT64, bytes, dims);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Value inline(ElementType type, ByteBuffer bytes, long... dims) {
        if (product(dims) * (type == ElementType.FLOAT ? 4 : 8) != bytes.remaining()) {
            throw refused("a constant " + Arrays.toString(dims) + " does not have " + bytes.remaining() + " bytes");
        }
        List<Object> key = List.of(type, Dim.list(dims), bytes);
        return model.constants.computeIfAbsent(key, unused -> {
            Value value = new Value(model, model.unique("constant"), type, Dim.list(dims));
            model.addInline(value, bytes);
            return value;
        });
    }

    @Override
    public Value absent() {
        return new Value(model, "", ElementType.FLOAT, List.of());
    }

    @Override
    public Value sizes(List<Dim> dims) {
        if (dims.stream().allMatch(Dim::isFixed)) {
            return ints(dims.stream().mapToLong(Dim::size).toArray());
        }
        List<Value> parts = dims.stream().map(this::size).toList();
        return parts.size() == 1 ? parts.get(0) : concat(0, parts);
    }

    /** One extent as an I64 array of one element, computed from the inputs' shapes at run time. */
    private Value size(Dim dim) {
        if (dim.isFixed()) {
            return ints(dim.size());
        }
        Value known = model.sizes.get(dim.toString());
        if (known != null) {
            return known;
        }
        Value sum = dim.terms().entrySet().stream()
                .map(this::term)
                .reduce(this::add)
                .orElseThrow(() -> refused("extent " + dim + " has no terms"));
        model.sizes.put(dim.toString(), sum);
        return sum;
    }

    private Value term(Map.Entry<List<String>, Long> term) {
        Value product = ints(term.getValue());
        for (String symbol : term.getKey()) {
            product = mul(product, symbolSize(symbol));
        }
        return product;
    }

    private Value symbolSize(String symbol) {
        for (Value input : model.inputs.values()) {
            for (int axis = 0; axis < input.rank(); axis++) {
                Long factor = input.dim(axis).terms().get(List.of(symbol));
                if (factor != null && input.dim(axis).terms().size() == 1) {
                    Value extent = shapeOf(input, axis);
                    return factor == 1 ? extent : div(extent, ints(factor));
                }
            }
        }
        throw refused("no input of the graph tells the extent " + symbol);
    }

    @Override
    public List<Value> node(String domain, String op, List<Value> in, Attributes attributes, List<Result> results) {
        String name = model.unique(scope.isEmpty() ? op : scope + "/" + op);
        List<Value> out = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            out.add(new Value(model, i == 0 ? name : name + ":" + i, result.type(), result.dims()));
        }
        emit(op, domain, name, in, out, attributes);
        return out;
    }

    private void emit(String op, String domain, String name, List<Value> in, List<Value> out, Attributes attributes) {
        for (Value value : in) {
            if (value.owner() != model) {
                throw refused(op + " was given " + value.name() + ", a value of another graph");
            }
        }
        model.addNode(name, domain, op, in, out, attributes);
    }

    @Override
    public GraphException refused(String reason) {
        return new GraphException("Layer " + (scope.isEmpty() ? "(graph)" : scope) + ": " + reason + ".");
    }

    /** Asks the source where the weights are, and writes the model. */
    public OnnxModel build() {
        return model.build();
    }
}
