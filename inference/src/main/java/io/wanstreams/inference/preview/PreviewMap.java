package io.wanstreams.inference.preview;

import io.wanstreams.inference.image.Picture;

/**
 * Latents to a small picture: every latent position becomes a square of {@code patch} × {@code patch} pixels, each colour of
 * which is a weighted sum of the position's channels and a constant. Good for seeing what a video will show, thousands of
 * times cheaper than decoding. Immutable.
 */
public final class PreviewMap {

    /** A video's first latent frame is one frame, all others are several: they are made differently. */
    static final int KINDS = 2;

    private static final int COLOURS = 3;

    private final int channels;
    private final int patch;
    private final float[] weights;

    /**
     * A map with these weights.
     *
     * @param channels of the latents
     * @param patch pixels per latent position, each way
     * @param weights [kinds, patch, patch, 3, channels + 1]: for first frames, then for others; rows of pixels, the last column is
     *     the constant; results are in −1 … 1
     */
    public PreviewMap(int channels, int patch, float[] weights) {
        int expected = KINDS * COLOURS * patch * patch * (channels + 1);
        if (weights.length != expected) {
            throw new IllegalArgumentException("A preview map of " + channels + " channels and " + patch + " x " + patch
                    + " pixels has " + expected + " weights, found " + weights.length + ".");
        }
        this.channels = channels;
        this.patch = patch;
        this.weights = weights.clone();
    }

    float[] weights() {
        return weights.clone();
    }

    /** Channels of the latents it reads. */
    public int channels() {
        return channels;
    }

    /**
     * The picture of one latent frame.
     *
     * @param latents [channels, height, width], as the transformer gives them
     * @param height of the latents
     * @param width of the latents
     * @param isFirst whether it is the first of its video
     */
    public Picture picture(float[] latents, int height, int width, boolean isFirst) {
        int positions = height * width;
        if (latents.length != channels * positions) {
            throw new IllegalArgumentException("A latent frame of " + height + " by " + width + " has "
                    + channels * positions + " values, found " + latents.length + ".");
        }
        byte[] rgb = new byte[COLOURS * patch * patch * positions];
        float[] position = new float[channels];
        int firstOutput = isFirst ? 0 : COLOURS * patch * patch;
        for (int at = 0; at < positions; at++) {
            for (int channel = 0; channel < channels; channel++) {
                position[channel] = latents[channel * positions + at];
            }
            fill(rgb, width * patch, at / width * patch, at % width * patch, position, firstOutput);
        }
        return new Picture(width * patch, height * patch, rgb);
    }

    private void fill(byte[] rgb, int width, int top, int left, float[] position, int firstOutput) {
        int output = firstOutput;
        for (int y = top; y < top + patch; y++) {
            for (int x = left; x < left + patch; x++) {
                for (int colour = 0; colour < COLOURS; colour++) {
                    rgb[COLOURS * (y * width + x) + colour] = level(sum(position, output++));
                }
            }
        }
    }

    private float sum(float[] position, int output) {
        int row = output * (channels + 1);
        float sum = weights[row + channels];
        for (int channel = 0; channel < channels; channel++) {
            sum += weights[row + channel] * position[channel];
        }
        return sum;
    }

    /** −1 … 1 to 0 … 255; what is no number becomes black. */
    private static byte level(float value) {
        return (byte) Math.max(0, Math.min(255, Math.round(127.5f * (value + 1))));
    }
}
