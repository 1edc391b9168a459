package io.wanstreams.decoder.video;

import io.wanstreams.images.Jpeg;
import io.wanstreams.images.RgbImage;
import java.nio.ByteBuffer;

/** One picture: rows from the top, pixels from the left, three bytes R, G, B each. The bytes are shared, not copied. */
public final class RgbFrame {

    private static final int CHANNELS = 3;
    private static final float JPEG_QUALITY = 0.9f;

    private final FrameSize size;
    private final byte[] rgb;

    /**
     * A picture over these bytes; whoever hands them over stops writing to them.
     *
     * @throws IllegalArgumentException when there are not three bytes for each pixel
     */
    public RgbFrame(FrameSize size, byte[] rgb) {
        if (rgb.length != size.rgbBytes()) {
            throw new IllegalArgumentException(
                    "A picture of " + size + " has " + size.rgbBytes() + " bytes, found " + rgb.length + ".");
        }
        this.size = size;
        this.rgb = rgb;
    }

    public FrameSize size() {
        return size;
    }

    /** All bytes, read-only, row after row. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(rgb).asReadOnlyBuffer();
    }

    byte[] toJpeg() {
        return Jpeg.of(new RgbImage(size.width(), size.height(), rgb), JPEG_QUALITY);
    }

    /** One row's bytes, read-only. */
    public ByteBuffer row(int y) {
        int length = size.width() * CHANNELS;
        return ByteBuffer.wrap(rgb, y * length, length).asReadOnlyBuffer();
    }

    /** The value of a channel (0 = red, 1 = green, 2 = blue), 0 to 255. */
    public int value(int x, int y, int channel) {
        return rgb[(y * size.width() + x) * CHANNELS + channel] & 0xff;
    }

    /** This picture made smaller: each new pixel is the mean of the pixels it covers. The same object if the size is equal. */
    public RgbFrame shrunkTo(FrameSize smaller) {
        if (smaller.equals(size)) {
            return this;
        }
        byte[] target = new byte[smaller.rgbBytes()];
        int next = 0;
        for (int y = 0; y < smaller.height(); y++) {
            int top = from(y, smaller.height(), size.height());
            int bottom = to(y, smaller.height(), size.height());
            for (int x = 0; x < smaller.width(); x++) {
                int left = from(x, smaller.width(), size.width());
                int right = to(x, smaller.width(), size.width());
                for (int channel = 0; channel < CHANNELS; channel++) {
                    target[next++] = mean(left, right, top, bottom, channel);
                }
            }
        }
        return new RgbFrame(smaller, target);
    }

    private static int from(int index, int of, int length) {
        return (int) ((long) index * length / of);
    }

    private static int to(int index, int of, int length) {
        return Math.max(from(index, of, length) + 1, from(index + 1, of, length));
    }

    private byte mean(int left, int right, int top, int bottom, int channel) {
        long sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += value(x, y, channel);
            }
        }
        long pixels = (long) (right - left) * (bottom - top);
        return (byte) ((sum + pixels / 2) / pixels);
    }
}
