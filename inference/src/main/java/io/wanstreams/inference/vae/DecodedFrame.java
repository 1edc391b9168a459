package io.wanstreams.inference.vae;

/**
 * A frame as the decoder gives it.
 *
 * @param index 0 for the first of the video
 * @param height in pixels
 * @param width in pixels
 * @param values [3, height, width], red, green and blue; those handed out by a decoder are in −1 … 1
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record DecodedFrame(int index, int height, int width, float[] values) {

    private static final int COLOURS = 3;

    public DecodedFrame {
        if ((long) COLOURS * height * width != values.length) {
            throw new IllegalArgumentException("A frame of " + height + " by " + width + " pixels needs "
                    + (long) COLOURS * height * width + " values, found " + values.length + ".");
        }
    }

    /** The same frame with its values brought into −1 … 1, in place. */
    DecodedFrame limited() {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(-1, Math.min(1, values[i]));
        }
        return this;
    }

    /** [height, width, 3] bytes, truncated as the references do when they write a video. Source: vae.md §12. */
    public byte[] rgb() {
        byte[] bytes = new byte[values.length];
        int pixels = height * width;
        for (int colour = 0; colour < COLOURS; colour++) {
            int from = colour * pixels;
            for (int pixel = 0; pixel < pixels; pixel++) {
                bytes[COLOURS * pixel + colour] = (byte) (255f * (0.5f * values[from + pixel] + 0.5f));
            }
        }
        return bytes;
    }
}
