package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.checkpoint.Weights;
import io.wanstreams.inference.graph.NetworkCost;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;
import java.util.Map;

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

    private final VaeConfig config;
    private final ChunkedNetwork network;

    private VaeDecoder(VaeConfig config, ChunkedNetwork network) {
        this.config = config;
        this.network = network;
    }

    /** Loads the decoder of a checkpoint's {@code vae} folder; its files must stay as they are until it is closed. */
    public static VaeDecoder open(Checkpoint checkpoint, Device device, SessionSettings settings) {
        VaeConfig config = checkpoint.vae();
        Weights weights = checkpoint.weights("vae");
        return new VaeDecoder(
                config,
                ChunkedNetwork.open(
                        DecoderGraph.of(config, weights, true),
                        DecoderGraph.of(config, weights, false),
                        device,
                        settings));
    }

    /**
     * What decoding one latent frame takes on a processor, with what the frame before has left; no weights are read.
     *
     * @param height of the latents
     * @param width of the latents
     */
    public static NetworkCost cost(VaeConfig config, WeightSource weights, int height, int width) {
        return DecoderGraph.of(config, weights.unlocated(), false)
                .model()
                .cost(Map.of("height", (long) height, "width", (long) width));
    }

    /** The number of frames that so many latent frames decode to. */
    public int frames(int latentFrames) {
        return 1 + (latentFrames - 1) * config.framesPerLatent();
    }

    VaeConfig config() {
        return config;
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
        int channels = config.latentChannels();
        if (frames < 1 || height < 1 || width < 1 || (long) channels * frames * height * width != latents.length) {
            throw new IllegalArgumentException("Latents [" + channels + ", " + frames + ", " + height + ", " + width
                    + "] need " + (long) channels * frames * height * width + " values, found " + latents.length + ".");
        }
        try (ChunkedNetwork.Video video = network.begin()) {
            int done = 0;
            for (int chunk = 0; chunk < frames; chunk++) {
                float[] latent = frame(latents, channels, frames, chunk);
                try (SessionTensor input = SessionTensor.of(latent, 1, channels, 1, height, width);
                        Results results = video.next(input, cancellation)) {
                    done += handOut(results.get(DecoderGraph.FRAMES), done, consumer);
                }
            }
        }
    }

    /** One frame of planes that lie frame after frame: [planes, frames, …] to [planes, …]. */
    private static float[] frame(float[] values, int planes, int frames, int index) {
        int size = values.length / planes / frames;
        float[] frame = new float[planes * size];
        for (int plane = 0; plane < planes; plane++) {
            System.arraycopy(values, (plane * frames + index) * size, frame, plane * size, size);
        }
        return frame;
    }

    private static int handOut(SessionTensor decoded, int done, FrameConsumer consumer) {
        long[] dims = decoded.dims();
        int colours = Math.toIntExact(dims[1]);
        int count = Math.toIntExact(dims[2]);
        float[] values = decoded.toFloats();
        for (int i = 0; i < count; i++) {
            consumer.accept(new DecodedFrame(
                    done + i, Math.toIntExact(dims[3]), Math.toIntExact(dims[4]), frame(values, colours, count, i)));
        }
        return count;
    }

    @Override
    public void close() {
        network.close();
    }
}
