package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.checkpoint.Weights;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Results;
import io.wanstreams.inference.session.Session;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.session.SessionTensor;
import java.util.HashMap;
import java.util.List;
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
    private final Session first;
    private final Session next;
    private final List<String> contexts;

    private VaeDecoder(VaeConfig config, Session first, Session next, List<String> contexts) {
        this.config = config;
        this.first = first;
        this.next = next;
        this.contexts = contexts;
    }

    /** Loads the decoder of a checkpoint's {@code vae} folder; its files must stay as they are until it is closed. */
    public static VaeDecoder open(Checkpoint checkpoint, Device device, SessionSettings settings) {
        VaeConfig config = checkpoint.vae();
        Weights weights = checkpoint.weights("vae");
        DecoderGraph next = DecoderGraph.of(config, weights, false);
        Session first = Session.open(DecoderGraph.of(config, weights, true).model(), device, settings);
        try {
            return new VaeDecoder(config, first, Session.open(next.model(), device, settings), next.contexts());
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /** The number of frames that so many latent frames decode to. */
    public int frames(int latentFrames) {
        return 1 + (latentFrames - 1) * framesPerChunk();
    }

    private int framesPerChunk() {
        return 1 << config.temporalDownsample().stream().filter(time -> time).count();
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
        int channels = config.latentChannels();
        if (frames < 1 || height < 1 || width < 1 || (long) channels * frames * height * width != latents.length) {
            throw new IllegalArgumentException("Latents [" + channels + ", " + frames + ", " + height + ", " + width
                    + "] need " + (long) channels * frames * height * width + " values, found " + latents.length + ".");
        }
        Map<String, SessionTensor> context = new HashMap<>();
        try {
            int done = 0;
            for (int chunk = 0; chunk < frames; chunk++) {
                float[] latent = frame(latents, channels, frames, chunk);
                done += chunk(latent, height, width, context, done, consumer, cancellation);
            }
        } finally {
            context.values().forEach(SessionTensor::close);
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

    /** Decodes a chunk, hands out its frames, and puts its context in the place of the one before. */
    private int chunk(
            float[] latent,
            int height,
            int width,
            Map<String, SessionTensor> context,
            int done,
            FrameConsumer consumer,
            Cancellation cancellation) {
        Session session = context.isEmpty() ? first : next;
        try (SessionTensor input = SessionTensor.of(latent, 1, config.latentChannels(), 1, height, width);
                Results results = session.run(inputs(input, context), cancellation)) {
            for (String name : contexts) {
                SessionTensor old = context.put(name, results.take(ChunkContext.leaving(name)));
                if (old != null) {
                    old.close();
                }
            }
            return handOut(results.get(DecoderGraph.FRAMES), done, consumer);
        }
    }

    private static Map<String, SessionTensor> inputs(SessionTensor latent, Map<String, SessionTensor> context) {
        Map<String, SessionTensor> inputs = new HashMap<>(context);
        inputs.put(DecoderGraph.LATENTS, latent);
        return inputs;
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
        first.close();
        next.close();
    }
}
