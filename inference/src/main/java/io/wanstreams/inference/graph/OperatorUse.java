package io.wanstreams.inference.graph;

import java.util.List;

/**
 * A kind of node: what a device must be able to do.
 *
 * @param domain empty for the standard operators
 * @param opset version of the domain that the graph asks for
 * @param in types of the inputs by name, {@link #ABSENT} for one that is not given
 * @param out types of the results
 */
public record OperatorUse(String domain, String op, int opset, List<String> in, List<ElementType> out) {
    /** Stands for an optional input that is not given. */
    public static final String ABSENT = "-";

    public OperatorUse {
        in = List.copyOf(in);
        out = List.copyOf(out);
    }

    static OperatorUse of(Model.Use use) {
        return new OperatorUse(
                use.domain(),
                use.op(),
                use.domain().isEmpty() ? Model.OPSET : 1,
                use.in().stream()
                        .map(value ->
                                value.name().isEmpty() ? ABSENT : value.type().name())
                        .toList(),
                use.out().stream().map(Value::type).toList());
    }
}
