package io.wanstreams.decoder;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.memory.MemoryPlan;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.vae.VaeDecoder;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;

/** The VAE decoder of a checkpoint. */
final class LoadedVae implements LatentDecoder {

    private final VaeDecoder decoder;
    private final int channels;
    private final MemoryPlan plan;
    private final MemoryLimit limit;

    private LoadedVae(VaeDecoder decoder, int channels, MemoryPlan plan, MemoryLimit limit) {
        this.decoder = decoder;
        this.channels = channels;
        this.plan = plan;
        this.limit = limit;
    }

    /**
     * Loads it.
     *
     * @throws io.wanstreams.inference.checkpoint.CheckpointException in one sentence naming file and tensor
     * @throws io.wanstreams.inference.memory.NotEnoughMemoryException if the weights will not fit
     */
    static LoadedVae open(Checkpoint checkpoint, Device device, SessionSettings settings, MemoryLimit limit) {
        int channels = checkpoint.vae().latentChannels();
        MemoryPlan plan = new MemoryPlan(checkpoint);
        limit.checkWeights(plan.vaeDecoder(new LatentShape(channels, 1, 1, 1)));
        return new LoadedVae(VaeDecoder.open(checkpoint, device, settings), channels, plan, limit);
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
        limit.check(plan.vaeDecoder(new LatentShape(channels, frames, height, width)));
        decoder.decode(latents.toFloats(), frames, height, width, consumer, cancellation);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
