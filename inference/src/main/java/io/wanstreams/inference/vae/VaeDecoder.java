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

/**
 * Latents to frames, one latent frame at a time, so memory does not grow with a video's length. What a chunk leaves for
 * the next stays in the runtime's memory. Source: vae.md §7, packaging A.
 *
 * <p>Frames do not depend on later latents. May be used for one video at a time.
 */
public final class VaeDecoder implements AutoCloseable {

    /** Takes the frames of a video as they come, in order, on the calling thread. */
    @FunctionalInterface
    public interface FrameConsumer {
        void accept(DecodedFrame frame);
    }

    private final ChunkedNetwork network;

    private VaeDecoder(ChunkedNetwork network) {
        this.network = network;
    }

    /** Loads the decoder of a checkpoint's {@code vae} folder; its files must stay as they are until it is closed. */
    public static VaeDecoder open(Checkpoint checkpoint, Device device, SessionSettings settings) {
        return new VaeDecoder(ChunkedNetwork.open(checkpoint, DecoderGraph::of, device, settings));
    }

    /**
     * What decoding one latent frame takes on a processor, with what the frame before has left; no weights are read.
     *
     * @param height of the latents
     * @param width of the latents
     */
    public static NetworkCost cost(VaeConfig config, WeightSource weights, int height, int width) {
        return ChunkedNetwork.cost(DecoderGraph::of, config, weights, height, width);
    }

    /** The number of frames that so many latent frames decode to. */
    public int frames(int latentFrames) {
        return LatentGrid.of(config()).frames(latentFrames);
    }

    VaeConfig config() {
        return network.config();
    }

    /**
     * Decodes a video.
     *
     * @param latents [channels, frames, height, width], normalised as the transformer gives them
     * @param frames latent frames, ≥ 1
     * @param height of the latents
     * @param width of the latents
     * @param cancellation ends it within a chunk
     * @throws io.wanstreams.inference.session.CancelledException if it was cancelled
     */
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
