package io.wanstreams.inference.transformer;

/** Extents of latents [channels, frames, height, width], in latent elements. */
public record LatentShape(int channels, int frames, int height, int width) {
    public LatentShape {
        if (channels < 1 || frames < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("Latents have at least one element on each axis, not " + channels + " x "
                    + frames + " x " + height + " x " + width + ".");
        }
        Math.multiplyExact(Math.multiplyExact(channels, frames), Math.multiplyExact(height, width));
    }

    /** Number of elements. */
    public int elements() {
        return channels * frames * height * width;
    }

    @Override
    public String toString() {
        return "[" + channels + "," + frames + "," + height + "," + width + "]";
    }
}
