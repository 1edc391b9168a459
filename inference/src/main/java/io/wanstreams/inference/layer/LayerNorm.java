package io.wanstreams.inference.layer;

import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.Arrays;

/**
 * (x − mean) / √(variance + epsilon) over the last axis, biased variance; with the checkpoint's {@code <key>.weight} and
 * {@code <key>.bias}, or with neither.
 */
public record LayerNorm(String key, long width, double epsilon, boolean affine) {
    public static LayerNorm plain(String key, long width, double epsilon) {
        return new LayerNorm(key, width, epsilon, false);
    }

    public static LayerNorm affine(String key, long width, double epsilon) {
        return new LayerNorm(key, width, epsilon, true);
    }

    public Value apply(GraphBuilder graph, Value x) {
        GraphBuilder at = graph.at(key);
        if (affine) {
            return at.layerNormalization(
                    x, at.weight(key + ".weight", width), at.weight(key + ".bias", width), epsilon);
        }
        float[] ones = new float[Math.toIntExact(width)];
        Arrays.fill(ones, 1);
        return at.layerNormalization(x, at.constant(ones, width), null, epsilon);
    }
}
