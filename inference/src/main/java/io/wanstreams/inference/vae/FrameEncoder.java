package io.wanstreams.inference.vae;

import io.wanstreams.inference.session.Cancellation;

/** Frames to latents, whole images at a time or tiles. May be used for one video at a time. */
public sealed interface FrameEncoder permits VaeEncoder, TiledVaeEncoder {

    /** How frames become latents. */
    LatentGrid grid();

    /** Of so many latent positions along one side of an image, those that the network holds at a time. */
    int latentsAtOnce(int extent);

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
    float[] encode(FrameSource source, int frames, int height, int width, Cancellation cancellation);
}
