package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.List;

/** Between the autoencoder's latents and the transformer's, whose channels have mean 0 and deviation 1. Source: vae.md §2. */
record LatentMoments(VaeConfig config) {

    /** The autoencoder's latents to the transformer's. */
    Value normalised(GraphBuilder graph, Value latents) {
        return graph.div(
                graph.sub(latents, constant(graph, config.latentsMean())), constant(graph, config.latentsStd()));
    }

    /** The transformer's latents to the autoencoder's. */
    Value denormalised(GraphBuilder graph, Value latents) {
        return graph.add(
                graph.mul(latents, constant(graph, config.latentsStd())), constant(graph, config.latentsMean()));
    }

    private static Value constant(GraphBuilder graph, List<Double> perChannel) {
        float[] values = new float[perChannel.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = perChannel.get(i).floatValue();
        }
        return graph.constant(values, values.length, 1, 1, 1);
    }
}
