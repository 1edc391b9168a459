package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.VaeConfig;

/**
 * How an autoencoder's frames become latents.
 *
 * @param channels of a latent frame
 * @param stride pixels per latent position, each way
 * @param framesPerLatent frames that become one latent frame, for all but the first, which is one frame
 */
public record LatentGrid(int channels, int stride, int framesPerLatent) {

    private static final int COLOURS = 3;

    static LatentGrid of(VaeConfig config) {
        return new LatentGrid(config.latentChannels(), config.pixelsPerLatent(), config.framesPerLatent());
    }

    /** The number of latent frames that so many frames encode to. */
    public int latentFrames(int frames) {
        return 1 + (frames - 1) / framesPerLatent;
    }

    /** The number of frames that so many latent frames decode to. */
    public int frames(int latentFrames) {
        return 1 + (latentFrames - 1) * framesPerLatent;
    }

    void check(int frames, int height, int width) {
        if (frames < 1 || (frames - 1) % framesPerLatent != 0) {
            throw new IllegalArgumentException("The number of frames is a multiple of " + framesPerLatent
                    + " and one more, found " + frames + ".");
        }
        if (height < stride || width < stride || height % stride != 0 || width % stride != 0) {
            throw new IllegalArgumentException("Height and width of a video are multiples of " + stride + ", found "
                    + height + " and " + width + ".");
        }
    }

    void checkFrame(float[] frame, int height, int width) {
        if (frame.length != COLOURS * height * width) {
            throw new IllegalArgumentException(
                    "A frame has " + COLOURS * height * width + " values, found " + frame.length + ".");
        }
    }
}
