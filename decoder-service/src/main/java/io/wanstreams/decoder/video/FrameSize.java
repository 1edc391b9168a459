package io.wanstreams.decoder.video;

/**
 * The size of a picture in pixels.
 *
 * @param width 1 to {@value #EDGE_LIMIT}
 * @param height 1 to {@value #EDGE_LIMIT}
 */
public record FrameSize(int width, int height) {

    /** What a JPEG can hold; far above any video. */
    public static final int EDGE_LIMIT = 65_500;

    private static final int CHANNELS = 3;

    public FrameSize {
        if (width < 1 || height < 1 || width > EDGE_LIMIT || height > EDGE_LIMIT) {
            throw new IllegalArgumentException(
                    "A picture has edges of 1 to " + EDGE_LIMIT + " pixels, found " + width + "x" + height + ".");
        }
    }

    /** Bytes of one RGB picture of this size. */
    public int rgbBytes() {
        return Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS);
    }

    /** The largest size of the same proportions, to the pixel, whose longer edge is at most this; never larger than this one. */
    public FrameSize within(int edge) {
        int longer = Math.max(width, height);
        return longer <= edge ? this : new FrameSize(scaled(width, edge, longer), scaled(height, edge, longer));
    }

    private static int scaled(int length, int edge, int longer) {
        return Math.max(1, Math.round((float) length * edge / longer));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
