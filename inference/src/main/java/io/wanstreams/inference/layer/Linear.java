package io.wanstreams.inference.layer;

import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.PartName;
import io.wanstreams.inference.graph.Value;
import org.jspecify.annotations.Nullable;

/**
 * y = x Wᵀ + b on rows {@code [n, in]}, with the checkpoint's {@code <key>.weight [out, in]} and {@code <key>.bias [out]},
 * in the format that the weights' source has chosen. The result is F32.
 *
 * @param key the checkpoint's name of the layer
 */
public record Linear(String key, long in, long out, boolean bias) {
    public static Linear withBias(String key, long in, long out) {
        return new Linear(key, in, out, true);
    }

    public static Linear withoutBias(String key, long in, long out) {
        return new Linear(key, in, out, false);
    }

    /** @param x F32, or the flavour's type */
    public Value apply(GraphBuilder graph, Value x) {
        GraphBuilder at = graph.at(key);
        Value y = switch (at.format(weight())) {
            case FLOAT ->
                at.gemm(at.as(ElementType.FLOAT, x), at.weight(weight(), out, in), bias(at, ElementType.FLOAT));
            case INT8 -> int8(at, at.as(ElementType.FLOAT, x));
            case BFLOAT16 -> bfloat16(at, at.as(ElementType.BFLOAT16, x));
            case BYTES -> bytes(at, at.as(at.flavour().operands(), x));
        };
        return at.as(ElementType.FLOAT, y);
    }

    private String weight() {
        return key + ".weight";
    }

    private @Nullable Value bias(GraphBuilder at, ElementType type) {
        return bias ? at.as(type, at.weight(key + ".bias", out)) : null;
    }

    private Value part(GraphBuilder at, String part, ElementType type, long... dims) {
        return at.part(weight(), new long[] {out, in}, part, type, dims);
    }

    private Value int8(GraphBuilder at, Value x) {
        Value values = part(at, PartName.INT8_VALUES, ElementType.INT8, in, out);
        Value scale = part(at, PartName.INT8_SCALE, ElementType.FLOAT, out);
        return at.int8Gemm(x, values, scale, bias(at, ElementType.FLOAT));
    }

    private Value bfloat16(GraphBuilder at, Value x) {
        Value values = part(at, PartName.BFLOAT16, ElementType.BFLOAT16, out, in);
        return at.gemm(x, values, bias(at, ElementType.BFLOAT16));
    }

    private Value bytes(GraphBuilder at, Value x) {
        long blocks = PartName.blocks(in);
        Value values = part(at, PartName.BYTES_VALUES, ElementType.UINT8, out, blocks, PartName.BLOCK);
        Value scale = part(at, PartName.BYTES_SCALE, x.type(), out * blocks);
        return at.bytesGemm(x, values, scale, bias(at, x.type()), in);
    }
}
