package io.wanstreams.inference.vae;

import io.wanstreams.inference.session.Cancellation;

/** Latents to frames, whole images at a time or tiles. May be used for one video at a time. */
public sealed interface FrameDecoder permits VaeDecoder, TiledVaeDecoder {

    /** Takes the frames of a video as they come, in order, on the calling thread. */
    @FunctionalInterface
    interface FrameConsumer {
        void accept(DecodedFrame frame);
    }

    /** How latents become frames. */
    LatentGrid grid();

    /** Of so many latent positions along one side of an image, those that the network holds at a time. */
    int latentsAtOnce(int extent);

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
    void decode(float[] latents, int frames, int height, int width, FrameConsumer consumer, Cancellation cancellation);
}
