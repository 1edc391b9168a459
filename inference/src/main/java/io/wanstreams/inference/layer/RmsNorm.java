package io.wanstreams.inference.layer;

import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;

/** w ⊙ x / √(mean(x²) + epsilon) over the last axis, with the checkpoint's {@code <key>.weight [width]}. */
public record RmsNorm(String key, long width, double epsilon) {
    public Value apply(GraphBuilder graph, Value x) {
        GraphBuilder at = graph.at(key);
        return at.rmsNormalization(x, at.weight(key + ".weight", width), epsilon);
    }
}
