package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.graph.NetworkCost;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;
import io.wanstreams.inference.transformer.LatentShape;

/**
 * Latents to frames, one latent frame at a time, so memory does not grow with a video's length. What a chunk leaves for
 * the next stays in the runtime's memory. Source: vae.md §7, packaging A.
 *
 * <p>Frames do not depend on later latents. May be used for one video at a time.
 */
public final class VaeDecoder implements FrameDecoder, AutoCloseable {

    private final ChunkedNetwork network;

    private VaeDecoder(ChunkedNetwork network) {
        this.network = network;
    }

    /** Loads the decoder of a checkpoint's {@code vae} folder; its files must stay as they are until it is closed. */
    public static VaeDecoder open(Checkpoint checkpoint, Device device, SessionSettings settings) {
        return new VaeDecoder(ChunkedNetwork.open(checkpoint, DecoderGraph::of, device, settings));
    }

    /** What decoding one latent frame takes on a processor, with what the frame before has left; no weights are read. */
    public static NetworkCost cost(VaeConfig config, WeightSource weights, LatentShape latents) {
        return ChunkedNetwork.cost(DecoderGraph::of, config, weights, latents);
    }

    @Override
    public LatentGrid grid() {
        return LatentGrid.of(config());
    }

    @Override
    public int latentsAtOnce(int extent) {
        return extent;
    }

    VaeConfig config() {
        return network.config();
    }

    @Override
    public void decode(
            float[] latents, int frames, int height, int width, FrameConsumer consumer, Cancellation cancellation) {
        decodeUnlimited(latents, frames, height, width, frame -> consumer.accept(frame.limited()), cancellation);
    }

    /** The same, but values may lie beyond −1 … 1. */
    void decodeUnlimited(
            float[] latents, int frames, int height, int width, FrameConsumer consumer, Cancellation cancellation) {
        int channels = config().latentChannels();
        if (frames < 1 || height < 1 || width < 1 || (long) channels * frames * height * width != latents.length) {
            throw new IllegalArgumentException("Latents [" + channels + ", " + frames + ", " + height + ", " + width
                    + "] need " + (long) channels * frames * height * width + " values, found " + latents.length + ".");
        }
        try (ChunkedNetwork.Video video = network.begin()) {
            int done = 0;
            for (int chunk = 0; chunk < frames; chunk++) {
                float[] latent = Planes.take(latents, channels, frames, chunk);
                try (SessionTensor input = SessionTensor.of(latent, 1, channels, 1, height, width);
                        Results results = video.next(input, cancellation)) {
                    done += handOut(results.get(DecoderGraph.FRAMES), done, consumer);
                }
            }
        }
    }

    private static int handOut(SessionTensor decoded, int done, FrameConsumer consumer) {
        long[] dims = decoded.dims();
        int colours = Math.toIntExact(dims[1]);
        int count = Math.toIntExact(dims[2]);
        float[] values = decoded.toFloats();
        for (int i = 0; i < count; i++) {
            consumer.accept(new DecodedFrame(
                    done + i,
                    Math.toIntExact(dims[3]),
                    Math.toIntExact(dims[4]),
                    Planes.take(values, colours, count, i)));
        }
        return count;
    }

    @Override
    public void close() {
        network.close();
    }
}
