package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.checkpoint.Weights;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;

/**
 * Frames to latents, one latent frame at a time, so memory does not grow with a video's length. The result is the mean of
 * what the network says, normalised for the transformer. Source: vae.md §3, §7, §9.
 *
 * <p>Latents do not depend on later frames. May be used for one video at a time.
 */
public final class VaeEncoder implements AutoCloseable {

    private static final int COLOURS = 3;

    /** The frames of a video, asked for in order. */
    @FunctionalInterface
    public interface FrameSource {
        /** Frame {@code index}, [3, height, width], red, green and blue in −1 … 1; only read. */
        float[] frame(int index);
    }

    private final VaeConfig config;
    private final ChunkedNetwork network;

    private VaeEncoder(VaeConfig config, ChunkedNetwork network) {
        this.config = config;
        this.network = network;
    }

    /** Loads the encoder of a checkpoint's {@code vae} folder; its files must stay as they are until it is closed. */
    public static VaeEncoder open(Checkpoint checkpoint, Device device, SessionSettings settings) {
        VaeConfig config = checkpoint.vae();
        Weights weights = checkpoint.weights("vae");
        return new VaeEncoder(
                config,
                ChunkedNetwork.open(
                        EncoderGraph.of(config, weights, true),
                        EncoderGraph.of(config, weights, false),
                        device,
                        settings));
    }

    /** Channels of a latent frame. */
    public int channels() {
        return config.latentChannels();
    }

    /** Pixels per latent position, each way. */
    public int stride() {
        return EncoderGraph.stride(config);
    }

    /** Frames that become one latent frame, for all but the first. */
    public int framesPerLatent() {
        return config.framesPerLatent();
    }

    /** The number of latent frames that so many frames encode to. */
    public int latentFrames(int frames) {
        return 1 + (frames - 1) / config.framesPerLatent();
    }

    /**
     * Encodes a video.
     *
     * @param source of the frames
     * @param frames 1 more than a multiple of the frames that make a latent frame
     * @param height in pixels, a multiple of the stride
     * @param width in pixels, a multiple of the stride
     * @param cancellation ends it within a chunk
     * @return [channels, latent frames, height / stride, width / stride]
     * @throws IllegalArgumentException for a size that does not divide
     * @throws io.wanstreams.inference.session.CancelledException if it was cancelled
     */
    public float[] encode(FrameSource source, int frames, int height, int width, Cancellation cancellation) {
        check(frames, height, width);
        int stride = EncoderGraph.stride(config);
        int latentFrames = latentFrames(frames);
        int positions = height / stride * (width / stride);
        float[] latents = new float[Math.multiplyExact(config.latentChannels() * latentFrames, positions)];
        try (ChunkedNetwork.Video video = network.begin()) {
            int done = 0;
            for (int chunk = 0; chunk < latentFrames; chunk++) {
                int count = chunk == 0 ? 1 : config.framesPerLatent();
                float[] pixels = chunk(source, done, count, height * width);
                place(encode(video, pixels, count, height, width, cancellation), latents, chunk, latentFrames);
                done += count;
            }
        }
        return latents;
    }

    private void check(int frames, int height, int width) {
        int perChunk = config.framesPerLatent();
        int stride = EncoderGraph.stride(config);
        if (frames < 1 || (frames - 1) % perChunk != 0) {
            throw new IllegalArgumentException(
                    "The number of frames is a multiple of " + perChunk + " and one more, found " + frames + ".");
        }
        if (height < stride || width < stride || height % stride != 0 || width % stride != 0) {
            throw new IllegalArgumentException("Height and width of a video are multiples of " + stride + ", found "
                    + height + " and " + width + ".");
        }
    }

    /** [3, count, height, width] of frames {@code from} on. */
    private static float[] chunk(FrameSource source, int from, int count, int pixels) {
        float[] values = new float[Math.multiplyExact(COLOURS * count, pixels)];
        for (int i = 0; i < count; i++) {
            float[] frame = source.frame(from + i);
            if (frame.length != COLOURS * pixels) {
                throw new IllegalArgumentException(
                        "A frame has " + COLOURS * pixels + " values, found " + frame.length + ".");
            }
            for (int colour = 0; colour < COLOURS; colour++) {
                System.arraycopy(frame, colour * pixels, values, (colour * count + i) * pixels, pixels);
            }
        }
        return values;
    }

    private static float[] encode(
            ChunkedNetwork.Video video, float[] pixels, int count, int height, int width, Cancellation cancellation) {
        try (SessionTensor input = SessionTensor.of(pixels, 1, COLOURS, count, height, width);
                Results results = video.next(input, cancellation)) {
            return results.get(EncoderGraph.LATENTS).toFloats();
        }
    }

    /** Puts latent frame [channels, …] at its place in [channels, latent frames, …]. */
    private void place(float[] frame, float[] latents, int index, int latentFrames) {
        int positions = frame.length / config.latentChannels();
        for (int channel = 0; channel < config.latentChannels(); channel++) {
            System.arraycopy(
                    frame, channel * positions, latents, (channel * latentFrames + index) * positions, positions);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
