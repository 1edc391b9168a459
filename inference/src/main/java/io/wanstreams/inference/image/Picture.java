package io.wanstreams.inference.image;

/**
 * A picture of 8 bits a colour.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb [height, width, 3]: red, green, blue
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Picture(int width, int height, byte[] rgb) {

    static final int COLOURS = 3;

    public Picture {
        if (width < 1 || height < 1 || (long) COLOURS * width * height != rgb.length) {
            throw new IllegalArgumentException("A picture of " + width + "x" + height + " pixels has "
                    + (long) COLOURS * width * height + " bytes, found " + rgb.length + ".");
        }
    }

    /** A part of it. */
    Picture crop(int left, int top, int newWidth, int newHeight) {
        byte[] part = new byte[COLOURS * newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            int from = COLOURS * ((top + y) * width + left);
            System.arraycopy(rgb, from, part, COLOURS * y * newWidth, COLOURS * newWidth);
        }
        return new Picture(newWidth, newHeight, part);
    }

    /** [3, height, width] in −1 … 1: value / 255 · 2 − 1. */
    float[] pixels() {
        int count = width * height;
        float[] values = new float[rgb.length];
        for (int pixel = 0; pixel < count; pixel++) {
            for (int colour = 0; colour < COLOURS; colour++) {
                values[colour * count + pixel] = 2f * ((rgb[COLOURS * pixel + colour] & 0xFF) / 255f) - 1f;
            }
        }
        return values;
    }
}
