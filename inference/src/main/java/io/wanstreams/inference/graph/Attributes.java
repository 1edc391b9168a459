package io.wanstreams.inference.graph;

import java.util.LinkedHashMap;
import java.util.Map;

/** The attributes of a node, in the order they were given. */
public final class Attributes {
    private final Map<String, ProtoWriter> encoded = new LinkedHashMap<>();

    private Attributes() {}

    public static Attributes none() {
        return new Attributes();
    }

    public Attributes with(String name, long value) {
        return put(name, 2, new ProtoWriter().varint(3, value));
    }

    public Attributes with(String name, float value) {
        return put(name, 1, new ProtoWriter().fixed32(2, value));
    }

    public Attributes with(String name, String value) {
        return put(name, 3, new ProtoWriter().text(4, value));
    }

    public Attributes with(String name, long... values) {
        ProtoWriter message = new ProtoWriter();
        for (long value : values) {
            message.varint(8, value);
        }
        return put(name, 7, message);
    }

    private Attributes put(String name, int type, ProtoWriter value) {
        encoded.put(name, new ProtoWriter().text(1, name).raw(value).varint(20, type));
        return this;
    }

    void writeTo(ProtoWriter node) {
        encoded.values().forEach(attribute -> node.message(5, attribute));
    }
}
