package io.wanstreams.decoder;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.memory.MemoryPlan;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.vae.FrameDecoder;
import io.wanstreams.inference.vae.TiledVaeDecoder;
import io.wanstreams.inference.vae.Tiling;
import io.wanstreams.inference.vae.VaeDecoder;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The VAE decoder of a checkpoint. */
final class LoadedVae implements LatentDecoder {

    private final VaeDecoder decoder;
    private final FrameDecoder way;
    private final MemoryPlan plan;
    private final MemoryLimit limit;

    /** @param way whole images, which is the decoder itself, or tiles */
    private LoadedVae(VaeDecoder decoder, FrameDecoder way, MemoryPlan plan, MemoryLimit limit) {
        this.decoder = decoder;
        this.way = way;
        this.plan = plan;
        this.limit = limit;
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
            FrameDecoder way = tiling == null ? decoder : new TiledVaeDecoder(decoder, tiling, folder);
            return new LoadedVae(decoder, way, plan, limit);
        } catch (IllegalArgumentException e) {
            decoder.close();
            throw e;
        }
    }

    @Override
    public int channels() {
        return way.grid().channels();
    }

    @Override
    public int frames(int latentFrames) {
        return way.grid().frames(latentFrames);
    }

    @Override
    public void decode(Tensor latents, FrameDecoder.FrameConsumer consumer, Cancellation cancellation) {
        Shape shape = latents.shape();
        int frames = Math.toIntExact(shape.dim(1));
        int height = Math.toIntExact(shape.dim(2));
        int width = Math.toIntExact(shape.dim(3));
        limit.check(plan.vaeDecoder(
                new LatentShape(channels(), frames, way.latentsAtOnce(height), way.latentsAtOnce(width))));
        way.decode(latents.toFloats(), frames, height, width, consumer, cancellation);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
