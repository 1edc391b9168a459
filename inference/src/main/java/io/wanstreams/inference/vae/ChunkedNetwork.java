package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.checkpoint.Weights;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.graph.NetworkCost;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.Session;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;
import io.wanstreams.inference.transformer.LatentShape;
import java.util.HashMap;
import java.util.Map;

/**
 * A network for the first chunk of a video and one for all others. What a chunk leaves for the next stays in the runtime's
 * memory. Source: vae.md §7, packaging A.
 */
final class ChunkedNetwork implements AutoCloseable {

    private final VaeConfig config;
    private final ChunkGraph graph;
    private final Session first;
    private final Session next;

    private ChunkedNetwork(VaeConfig config, ChunkGraph graph, Session first, Session next) {
        this.config = config;
        this.graph = graph;
        this.first = first;
        this.next = next;
    }

    /** Loads a network of a checkpoint's {@code vae} folder; its files must stay as they are until it is closed. */
    static ChunkedNetwork open(
            Checkpoint checkpoint, ChunkGraph.Writer writer, Device device, SessionSettings settings) {
        VaeConfig config = checkpoint.vae();
        Weights weights = checkpoint.weights("vae");
        // The references run the autoencoder in F32 on GPUs too (vae.md §8).
        Flavour flavour = new Flavour(device.provider(), ElementType.FLOAT);
        ChunkGraph next = writer.write(config, weights, flavour, false);
        Session opened =
                Session.open(writer.write(config, weights, flavour, true).model(), device, settings);
        try {
            return new ChunkedNetwork(config, next, opened, Session.open(next.model(), device, settings));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * What the dearest chunk of a video takes: one that has another before it, if there is any; no weights are read.
     *
     * @param latents of the video
     */
    static NetworkCost cost(ChunkGraph.Writer writer, VaeConfig config, WeightSource weights, LatentShape latents) {
        return writer.write(config, weights.unlocated(), Flavour.CPU, latents.frames() == 1)
                .model()
                .cost(Map.of("height", (long) latents.height(), "width", (long) latents.width()));
    }

    VaeConfig config() {
        return config;
    }

    /** Begins a video; the caller closes it. */
    Video begin() {
        return new Video();
    }

    /** The chunks of one video, in order. */
    final class Video implements AutoCloseable {

        private final Map<String, SessionTensor> context = new HashMap<>();
        private boolean begun;

        /** Runs the next chunk, and puts its context in the place of the one before; the results are the caller's to close. */
        Results next(SessionTensor chunk, Cancellation cancellation) {
            Map<String, SessionTensor> inputs = new HashMap<>(context);
            inputs.put(graph.input(), chunk);
            Results results = (begun ? next : first).run(inputs, cancellation);
            begun = true;
            for (String name : graph.contexts()) {
                SessionTensor old = context.put(name, results.take(ChunkContext.leaving(name)));
                if (old != null) {
                    old.close();
                }
            }
            return results;
        }

        @Override
        public void close() {
            context.values().forEach(SessionTensor::close);
        }
    }

    @Override
    public void close() {
        first.close();
        next.close();
    }
}
