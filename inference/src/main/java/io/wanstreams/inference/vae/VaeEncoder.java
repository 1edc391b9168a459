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
 * Frames to latents, one latent frame at a time, so memory does not grow with a video's length. The result is the mean of
 * what the network says, normalised for the transformer. Source: vae.md §3, §7, §9.
 *
 * <p>Latents do not depend on later frames. May be used for one video at a time.
 */
public final class VaeEncoder implements FrameEncoder, AutoCloseable {

    private static final int COLOURS = 3;

    private final ChunkedNetwork network;

    private VaeEncoder(ChunkedNetwork network) {
        this.network = network;
    }

    /** Loads the encoder of a checkpoint's {@code vae} folder; its files must stay as they are until it is closed. */
    public static VaeEncoder open(Checkpoint checkpoint, Device device, SessionSettings settings) {
        return new VaeEncoder(ChunkedNetwork.open(checkpoint, EncoderGraph::of, device, settings));
    }

    /** What encoding a chunk of a video takes on a processor, with what the chunk before has left; no weights are read. */
    public static NetworkCost cost(VaeConfig config, WeightSource weights, LatentShape latents) {
        return ChunkedNetwork.cost(EncoderGraph::of, config, weights, latents);
    }

    VaeConfig config() {
        return network.config();
    }

    @Override
    public LatentGrid grid() {
        return LatentGrid.of(config());
    }

    @Override
    public int latentsAtOnce(int extent) {
        return extent;
    }

    @Override
    public float[] encode(FrameSource source, int frames, int height, int width, Cancellation cancellation) {
        LatentGrid grid = grid();
        grid.check(frames, height, width);
        int latentFrames = grid.latentFrames(frames);
        int positions = height / grid.stride() * (width / grid.stride());
        float[] latents = new float[Math.multiplyExact(grid.channels() * latentFrames, positions)];
        try (ChunkedNetwork.Video video = network.begin()) {
            int done = 0;
            for (int chunk = 0; chunk < latentFrames; chunk++) {
                int count = chunk == 0 ? 1 : grid.framesPerLatent();
                float[] pixels = chunk(source, done, count, height, width);
                float[] latent = encode(video, pixels, count, height, width, cancellation);
                Planes.put(latent, latents, grid.channels(), latentFrames, chunk);
                done += count;
            }
        }
        return latents;
    }

    /** [3, count, height, width] of frames {@code from} on. */
    private float[] chunk(FrameSource source, int from, int count, int height, int width) {
        float[] values = new float[Math.multiplyExact(COLOURS * count, height * width)];
        for (int i = 0; i < count; i++) {
            float[] frame = source.frame(from + i);
            grid().checkFrame(frame, height, width);
            Planes.put(frame, values, COLOURS, count, i);
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

    @Override
    public void close() {
        network.close();
    }
}
