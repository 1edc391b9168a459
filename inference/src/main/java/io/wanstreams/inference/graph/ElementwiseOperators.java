package io.wanstreams.inference.graph;

import static io.wanstreams.inference.graph.GraphBuilder.CONTRIB;

import java.util.List;

/** Operators that treat every element alone. */
public sealed interface ElementwiseOperators extends Operators permits GraphBuilder {
    default Value add(Value a, Value b) {
        return broadcast("Add", a, b);
    }

    default Value sub(Value a, Value b) {
        return broadcast("Sub", a, b);
    }

    default Value mul(Value a, Value b) {
        return broadcast("Mul", a, b);
    }

    default Value div(Value a, Value b) {
        return broadcast("Div", a, b);
    }

    /** The larger of each two elements. */
    default Value max(Value a, Value b) {
        return broadcast("Max", a, b);
    }

    default Value sqrt(Value x) {
        return same("Sqrt", x, Attributes.none());
    }

    default Value sigmoid(Value x) {
        return same("Sigmoid", x, Attributes.none());
    }

    /** x · sigmoid(x), in one kernel where there is one. */
    default Value silu(Value x) {
        if (flavour().provider() == Flavour.Provider.TENSORRT) {
            return mul(x, sigmoid(x));
        }
        return node(CONTRIB, "QuickGelu", List.of(x), Attributes.none().with("alpha", 1f), List.of(Result.like(x)))
                .get(0);
    }

    /** GELU in its tanh form. */
    default Value geluTanh(Value x) {
        return same("Gelu", x, Attributes.none().with("approximate", "tanh"));
    }

    default Value softmax(Value x, int axis) {
        return same("Softmax", x, Attributes.none().with("axis", ShapeRules.axis(this, "Softmax", x, axis)));
    }

    /** Limits every element to low … high. */
    default Value clip(Value x, Value low, Value high) {
        return one("Clip", List.of(x, low, high), Attributes.none(), x.type(), x.dims());
    }

    /** The same values in that type; no node where they have it. */
    default Value as(ElementType type, Value x) {
        return x.type() == type ? x : cast(x, type);
    }

    default Value cast(Value x, ElementType type) {
        return one("Cast", List.of(x), Attributes.none().with("to", type.code()), type, x.dims());
    }

    private Value same(String op, Value x, Attributes attributes) {
        return one(op, List.of(x), attributes, x.type(), x.dims());
    }

    private Value broadcast(String op, Value a, Value b) {
        if (a.type() != b.type()) {
            throw refused(op + " mixes " + a + " and " + b);
        }
        List<Dim> dims = ShapeRules.fit(this, op, () -> ShapeRules.broadcast(a.dims(), b.dims()));
        return one(op, List.of(a, b), Attributes.none(), a.type(), dims);
    }
}
