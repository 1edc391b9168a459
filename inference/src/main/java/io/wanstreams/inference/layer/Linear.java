package io.wanstreams.inference.layer;

import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;

/**
 * y = x Wᵀ + b on rows {@code [n, in]}, with the checkpoint's {@code <key>.weight [out, in]} and {@code <key>.bias [out]}.
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

    public Value apply(GraphBuilder graph, Value x) {
        GraphBuilder at = graph.at(key);
        if (at.isInt8(key + ".weight")) {
            return at.int8Linear(x, key + ".weight", out, in, bias ? at.weight(key + ".bias", out) : null);
        }
        Value weight = at.weight(key + ".weight", out, in);
        return at.gemm(x, weight, bias ? at.weight(key + ".bias", out) : null);
    }
}
