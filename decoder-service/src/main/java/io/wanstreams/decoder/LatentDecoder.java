package io.wanstreams.decoder;

import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.vae.FrameDecoder;
import io.wanstreams.tensors.Tensor;

/** A loaded VAE decoder. For one video at a time. */
interface LatentDecoder extends AutoCloseable {

    /** Channels of the latents. */
    int channels();

    /** The number of frames that so many latent frames decode to. */
    int frames(int latentFrames);

    /**
     * Decodes a video, handing out frames as they come.
     *
     * @param latents F32 [channels, frames, height, width]
     * @param cancellation ends it within a latent frame
     * @throws io.wanstreams.inference.memory.NotEnoughMemoryException if frames of this size will not fit
     */
    void decode(Tensor latents, FrameDecoder.FrameConsumer consumer, Cancellation cancellation);

    @Override
    void close();
}
