package io.wanstreams.inference.vae;

import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;

/** Two causal convolutions beside a shortcut. Source: vae.md §5.5. */
record ResidualBlock(String name, long in, long out) {

    Value apply(GraphBuilder graph, ChunkContext context, Value x) {
        Value shortcut = in == out ? x : CausalConv3d.pointwise(graph, name + ".conv_shortcut", in, out, x);
        Value y = PixelNorm.silu(graph, name + ".norm1", in, x);
        y = CausalConv3d.cube(name + ".conv1", in, out).apply(graph, context, y);
        y = PixelNorm.silu(graph, name + ".norm2", out, y);
        y = CausalConv3d.cube(name + ".conv2", out, out).apply(graph, context, y);
        return graph.at(name).add(y, shortcut);
    }
}
