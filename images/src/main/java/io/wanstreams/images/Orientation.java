package io.wanstreams.images;

/**
 * How a camera was held: what EXIF's tag 0x0112 says must be done to see the picture upright.
 *
 * @param code 1 to 8; 1 is upright
 */
record Orientation(int code) {

    static final Orientation UPRIGHT = new Orientation(1);

    private static final int FIRST_ON_ITS_SIDE = 5;

    /** What a file says; anything unknown counts as upright. */
    static Orientation of(int code) {
        return code >= 1 && code <= 8 ? new Orientation(code) : UPRIGHT;
    }

    boolean swapsSides() {
        return code >= FIRST_ON_ITS_SIDE;
    }

    RgbImage upright(RgbImage image) {
        if (code == 1) {
            return image;
        }
        int width = swapsSides() ? image.height() : image.width();
        int height = swapsSides() ? image.width() : image.height();
        byte[] rgb = new byte[image.rgb().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = RgbImage.COLOURS * source(x, y, image.width(), image.height());
                System.arraycopy(image.rgb(), from, rgb, RgbImage.COLOURS * (y * width + x), RgbImage.COLOURS);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    /** The stored pixel that is seen at (x, y), of a picture stored with these sides. */
    private int source(int x, int y, int width, int height) {
        int right = width - 1;
        int bottom = height - 1;
        return switch (code) {
            case 2 -> y * width + right - x;
            case 3 -> (bottom - y) * width + right - x;
            case 4 -> (bottom - y) * width + x;
            case 5 -> x * width + y;
            case 6 -> (bottom - x) * width + y;
            case 7 -> (bottom - x) * width + right - y;
            case 8 -> x * width + right - y;
            default -> y * width + x;
        };
    }
}
