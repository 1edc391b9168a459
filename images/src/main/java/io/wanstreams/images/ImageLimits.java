package io.wanstreams.images;

/**
 * What an image may be.
 *
 * @param bytes of the file
 * @param pixels of the picture, width times height
 * @param leastSidePixels of the shorter side
 * @param mostElongated longer side over shorter side
 */
public record ImageLimits(long bytes, long pixels, int leastSidePixels, int mostElongated) {

    /** 20 MiB, 50 megapixels, 16 pixels a side, 16 to 1. */
    public static final ImageLimits DEFAULTS = new ImageLimits(20L << 20, 50_000_000, 16, 16);

    public ImageLimits {
        if (bytes < 1 || pixels < 1 || leastSidePixels < 1 || mostElongated < 1) {
            throw new IllegalArgumentException("the limits of an image are positive");
        }
    }

    /** The same shapes, with other limits of size. */
    public ImageLimits with(long newBytes, long newPixels) {
        return new ImageLimits(newBytes, newPixels, leastSidePixels, mostElongated);
    }

    void checkBytes(long found) throws BadImageException {
        if (found > bytes) {
            throw new BadImageException("The image has " + found + " bytes, allowed are " + bytes + ".");
        }
    }

    void checkSize(int width, int height) throws BadImageException {
        String size = width + "x" + height + " pixels";
        if (Math.min(width, height) < leastSidePixels) {
            throw new BadImageException(
                    "The image has " + size + ", expected at least " + leastSidePixels + " each way.");
        }
        if (Math.max(width, height) > (long) mostElongated * Math.min(width, height)) {
            throw new BadImageException("The image has " + size + ", its longer side is at most " + mostElongated
                    + " times its shorter one.");
        }
        if ((long) width * height > pixels) {
            throw new BadImageException("The image has " + size + ", allowed are " + pixels + " in all.");
        }
    }
}
