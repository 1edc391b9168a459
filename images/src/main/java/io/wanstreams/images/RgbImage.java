package io.wanstreams.images;

/**
 * A decoded image.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb [height, width, 3]: red, green, blue
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RgbImage(int width, int height, byte[] rgb) {

    static final int COLOURS = 3;

    public RgbImage {
        if ((long) COLOURS * width * height != rgb.length) {
            throw new IllegalArgumentException("an image of " + width + "x" + height + " pixels has "
                    + (long) COLOURS * width * height + " bytes, found " + rgb.length);
        }
    }
}
