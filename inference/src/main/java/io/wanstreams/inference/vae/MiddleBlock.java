package io.wanstreams.inference.vae;

import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;

/** What encoder and decoder have at their narrowest place: attention between two residual blocks. Source: vae.md §4. */
record MiddleBlock(String name, long channels) {

    /** x [1, channels, 1, height, width]. */
    Value apply(GraphBuilder graph, ChunkContext context, Value x) {
        Value y = new ResidualBlock(name + ".resnets.0", channels, channels).apply(graph, context, x);
        y = new FrameAttention(name + ".attentions.0", channels).apply(graph, y);
        return new ResidualBlock(name + ".resnets.1", channels, channels).apply(graph, context, y);
    }
}
