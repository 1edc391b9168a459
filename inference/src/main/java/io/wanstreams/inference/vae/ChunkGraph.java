package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.graph.OnnxModel;
import io.wanstreams.inference.graph.WeightSource;
import java.util.List;

/**
 * A network for one chunk of a video.
 *
 * @param input name of what the chunk is made of
 * @param output name of what it becomes
 * @param contexts names of the inputs beside {@code input}, and with {@code next.} of the outputs beside {@code output};
 *     the first chunk has the outputs only
 */
record ChunkGraph(OnnxModel model, String input, String output, List<String> contexts) {

    /** Writes a network's graph for the first chunk, or for the others. */
    @FunctionalInterface
    interface Writer {
        ChunkGraph write(VaeConfig config, WeightSource weights, Flavour flavour, boolean firstChunk);
    }
}
