package io.wanstreams.decoder;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.vae.VaeDecoder;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;

/** The VAE decoder of a checkpoint. */
final class LoadedVae implements LatentDecoder {

    private final VaeDecoder decoder;
    private final int channels;

    private LoadedVae(VaeDecoder decoder, int channels) {
        this.decoder = decoder;
        this.channels = channels;
    }

    /**
     * Loads it.
     *
     * @throws io.wanstreams.inference.checkpoint.CheckpointException in one sentence naming file and tensor
     */
    static LoadedVae open(Checkpoint checkpoint, Device device, SessionSettings settings) {
        return new LoadedVae(
                VaeDecoder.open(checkpoint, device, settings), checkpoint.vae().latentChannels());
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
        decoder.decode(
                latents.toFloats(),
                Math.toIntExact(shape.dim(1)),
                Math.toIntExact(shape.dim(2)),
                Math.toIntExact(shape.dim(3)),
                consumer,
                cancellation);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
