package io.wanstreams.inference.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** What all scopes of one graph share: the messages written so far. */
final class Model {
    private static final int IR_VERSION = 11;
    static final int OPSET = 23;
    private static final int EXTERNAL = 1;

    final Map<String, Integer> names = new HashMap<>();
    final Map<String, Value> inputs = new LinkedHashMap<>();
    final Map<String, Value> outputs = new LinkedHashMap<>();
    final Map<String, Value> weights = new LinkedHashMap<>();
    final Map<List<Object>, Value> constants = new HashMap<>();
    final Map<String, Value> sizes = new HashMap<>();
    private final Map<String, String> storedNames = new LinkedHashMap<>();
    private final List<ProtoWriter> nodes = new ArrayList<>();
    final List<Use> uses = new ArrayList<>();
    private final List<ProtoWriter> inlineTensors = new ArrayList<>();
    private final String name;
    private final Optional<WeightSource> source;
    final Flavour flavour;

    Model(String name, Optional<WeightSource> source, Flavour flavour) {
        this.name = name;
        this.source = source;
        this.flavour = flavour;
    }

    /** A node as what it reads and makes. */
    record Use(String domain, String op, List<Value> in, List<Value> out) {}

    WeightSource source() {
        return source.orElseThrow(() -> new GraphException("Graph " + name + " was made without weights."));
    }

    String unique(String wanted) {
        int count = names.merge(wanted, 1, Integer::sum);
        return count == 1 ? wanted : wanted + "_" + count;
    }

    void addNode(String nodeName, String domain, String op, List<Value> in, List<Value> out, Attributes attributes) {
        ProtoWriter node = new ProtoWriter();
        in.forEach(value -> node.text(1, value.name()));
        out.forEach(value -> node.text(2, value.name()));
        node.text(3, nodeName).text(4, op);
        attributes.writeTo(node);
        nodes.add(node.text(7, domain));
        uses.add(new Use(domain, op, in, out));
    }

    void addInline(Value value, ByteBuffer littleEndian) {
        byte[] raw = new byte[littleEndian.remaining()];
        littleEndian.duplicate().order(ByteOrder.LITTLE_ENDIAN).get(raw);
        inlineTensors.add(tensor(value).bytes(9, raw));
    }

    void addExternal(Value value, String storedName) {
        weights.put(value.name(), value);
        storedNames.put(value.name(), storedName);
    }

    private static ProtoWriter tensor(Value value) {
        ProtoWriter tensor = new ProtoWriter();
        value.dims().forEach(dim -> tensor.varint(1, dim.size()));
        return tensor.varint(2, value.type().code()).text(8, value.name());
    }

    OnnxModel build() {
        ProtoWriter graph = new ProtoWriter();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        inlineTensors.forEach(tensor -> graph.message(5, tensor));
        Optional<WeightSource.Located> located = weights.isEmpty()
                ? Optional.empty()
                : Optional.of(source().locate(new TreeSet<>(storedNames.values())));
        located.ifPresent(found -> weights.values().forEach(weight -> graph.message(5, external(weight, found))));
        inputs.values().forEach(input -> graph.message(11, valueInfo(input)));
        outputs.forEach((outputName, value) ->
                graph.message(12, valueInfo(new Value(this, outputName, value.type(), value.dims()))));
        ProtoWriter model = new ProtoWriter()
                .varint(1, IR_VERSION)
                .text(2, "wan-streams")
                .message(7, graph)
                .message(8, new ProtoWriter().text(1, "").varint(2, OPSET))
                .message(8, new ProtoWriter().text(1, GraphBuilder.CONTRIB).varint(2, 1));
        return new OnnxModel(this, model.toBytes(), located.map(WeightSource.Located::folder));
    }

    private ProtoWriter external(Value weight, WeightSource.Located located) {
        String stored = Objects.requireNonNull(storedNames.get(weight.name()));
        WeightSource.Place place = located.places().get(stored);
        if (place == null) {
            throw new GraphException("The weights' source does not say where " + stored + " is.");
        }
        return tensor(weight)
                .message(13, entry("location", place.location()))
                .message(13, entry("offset", Long.toString(place.offset())))
                .message(13, entry("length", Long.toString(place.length())))
                .varint(14, EXTERNAL);
    }

    private static ProtoWriter entry(String key, String value) {
        return new ProtoWriter().text(1, key).text(2, value);
    }

    private static ProtoWriter valueInfo(Value value) {
        ProtoWriter shape = new ProtoWriter();
        for (Dim dim : value.dims()) {
            // A symbol or polynomial is written as a name; the runtime takes equal names for equal extents.
            ProtoWriter extent = new ProtoWriter();
            shape.message(1, dim.isFixed() ? extent.varint(1, dim.size()) : extent.text(2, dim.toString()));
        }
        ProtoWriter tensor = new ProtoWriter().varint(1, value.type().code()).message(2, shape);
        return new ProtoWriter().text(1, value.name()).message(2, new ProtoWriter().message(1, tensor));
    }
}
