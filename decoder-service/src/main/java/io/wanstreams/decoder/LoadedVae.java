package io.wanstreams.decoder;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.memory.MemoryPlan;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.vae.TiledVaeDecoder;
import io.wanstreams.inference.vae.Tiling;
import io.wanstreams.inference.vae.VaeDecoder;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The VAE decoder of a checkpoint. */
final class LoadedVae implements LatentDecoder {

    private final VaeDecoder decoder;
    private final Way way;
    private final UnaryOperator<LatentShape> atOnce;
    private final int channels;
    private final MemoryPlan plan;
    private final MemoryLimit limit;

    private LoadedVae(
            VaeDecoder decoder,
            Way way,
            UnaryOperator<LatentShape> atOnce,
            int channels,
            MemoryPlan plan,
            MemoryLimit limit) {
        this.decoder = decoder;
        this.way = way;
        this.atOnce = atOnce;
        this.channels = channels;
        this.plan = plan;
        this.limit = limit;
    }

    /** Whole images or tiles. */
    @FunctionalInterface
    private interface Way {
        void decode(
                float[] latents,
                int frames,
                int height,
                int width,
                VaeDecoder.FrameConsumer consumer,
                Cancellation cancellation);
    }

    /**
     * Loads it.
     *
     * @param tiling to decode in tiles; null to decode whole images
     * @param folder where tiles are put together
     * @throws io.wanstreams.inference.checkpoint.CheckpointException in one sentence naming file and tensor
     * @throws io.wanstreams.inference.memory.NotEnoughMemoryException if the weights will not fit
     */
    static LoadedVae open(
            Checkpoint checkpoint,
            Device device,
            SessionSettings settings,
            @Nullable Tiling tiling,
            Path folder,
            MemoryLimit limit) {
        int channels = checkpoint.vae().latentChannels();
        MemoryPlan plan = new MemoryPlan(checkpoint);
        limit.checkWeights(plan.vaeDecoder(new LatentShape(channels, 1, 1, 1)));
        VaeDecoder decoder = VaeDecoder.open(checkpoint, device, settings);
        try {
            if (tiling == null) {
                return new LoadedVae(decoder, decoder::decode, latents -> latents, channels, plan, limit);
            }
            TiledVaeDecoder tiled = new TiledVaeDecoder(decoder, tiling, folder);
            return new LoadedVae(decoder, tiled::decode, tiled::atOnce, channels, plan, limit);
        } catch (IllegalArgumentException e) {
            decoder.close();
            throw e;
        }
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int frames(int latentFrames) {
        return decoder.frames(latentFrames);
    }

    @Override
    public void decode(Tensor latents, VaeDecoder.FrameConsumer consumer, Cancellation cancellation) {
        Shape shape = latents.shape();
        int frames = Math.toIntExact(shape.dim(1));
        int height = Math.toIntExact(shape.dim(2));
        int width = Math.toIntExact(shape.dim(3));
        limit.check(plan.vaeDecoder(atOnce.apply(new LatentShape(channels, frames, height, width))));
        way.decode(latents.toFloats(), frames, height, width, consumer, cancellation);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
