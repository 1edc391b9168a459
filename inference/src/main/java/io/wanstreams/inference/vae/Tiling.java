package io.wanstreams.inference.vae;

/**
 * How an image is cut into square tiles that overlap. Source: vae.md §11; Diffusers takes 256 and 192.
 *
 * @param tilePixels edge of a tile
 * @param stridePixels from the beginning of a tile to that of the next, at most {@code tilePixels}
 */
public record Tiling(int tilePixels, int stridePixels) {

    public Tiling {
        if (stridePixels < 1 || tilePixels < stridePixels) {
            throw new IllegalArgumentException("A tile's stride is 1 to the tile's edge, found a stride of "
                    + stridePixels + " and an edge of " + tilePixels + " pixels.");
        }
    }

    /**
     * Checks that tiles begin and end between latent positions.
     *
     * @throws IllegalArgumentException naming both
     */
    void checkFits(int pixelsPerLatent) {
        if (tilePixels % pixelsPerLatent != 0 || stridePixels % pixelsPerLatent != 0) {
            throw new IllegalArgumentException("A tile's edge and stride are multiples of " + pixelsPerLatent
                    + " pixels with this VAE, found " + tilePixels + " and " + stridePixels + ".");
        }
    }

    /** Pixels in which two tiles are blended. */
    int blendPixels() {
        return tilePixels - stridePixels;
    }
}
