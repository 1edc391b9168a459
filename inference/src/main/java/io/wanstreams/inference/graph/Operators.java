package io.wanstreams.inference.graph;

import java.util.List;

/**
 * The ONNX operators we use, by their ONNX names, by kind. Each checks types and extents and throws a
 * {@link GraphException} that names the layer. Axes count from the end when negative.
 */
public sealed interface Operators
        permits ElementwiseOperators, ProductOperators, NormOperators, ShapeOperators, AttentionOperators {

    /** One result of a node. */
    record Result(ElementType type, List<Dim> dims) {
        static Result like(Value x) {
            return new Result(x.type(), x.dims());
        }
    }

    /** Any node; results are believed. For operators that have no method here. */
    List<Value> node(String domain, String op, List<Value> in, Attributes attributes, List<Result> results);

    /** A node of the standard domain with one result, which is believed. */
    default Value one(String op, List<Value> in, Attributes attributes, ElementType type, List<Dim> dims) {
        return node("", op, in, attributes, List.of(new Result(type, dims))).get(0);
    }

    /** Stands for an optional input that is not given. */
    Value absent();

    /** Extents as an I64 array, computed at run time where they are not numbers. */
    Value sizes(List<Dim> dims);

    /** A constant I64 array of one axis. */
    Value ints(long... values);

    /** A constant F32 array of one axis. */
    Value floats(float... values);

    /** For what the graph is written. */
    Flavour flavour();

    /** A refusal that names the layer. */
    GraphException refused(String reason);
}
