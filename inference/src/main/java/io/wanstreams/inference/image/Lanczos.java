package io.wanstreams.inference.image;

/**
 * Pillow's {@code Image.resize(size, LANCZOS)} of 8-bit pictures: first the rows, then the columns, bytes in between,
 * weights in fixed point of 22 bits. Source: Pillow, {@code src/libImaging/Resample.c}.
 */
final class Lanczos {

    /** 32 bits less 8 of the pixel and 2 of headroom for negative lobes. */
    private static final int PRECISION_BITS = 32 - 8 - 2;

    private Lanczos() {}

    static Picture resize(Picture picture, int width, int height) {
        Picture wide = width == picture.width() ? picture : alongRows(picture, width);
        return height == wide.height() ? wide : alongColumns(wide, height);
    }

    private static Picture alongRows(Picture picture, int width) {
        Taps taps = Taps.lanczos(picture.width(), width);
        int[][] weights = fixed(taps);
        byte[] to = new byte[Math.multiplyExact(Picture.COLOURS * width, picture.height())];
        for (int y = 0; y < picture.height(); y++) {
            int row = Picture.COLOURS * y * picture.width();
            for (int x = 0; x < width; x++) {
                int begin = row + Picture.COLOURS * taps.first()[x];
                mix(picture.rgb(), begin, Picture.COLOURS, weights[x], to, Picture.COLOURS * (y * width + x));
            }
        }
        return new Picture(width, picture.height(), to);
    }

    private static Picture alongColumns(Picture picture, int height) {
        Taps taps = Taps.lanczos(picture.height(), height);
        int[][] weights = fixed(taps);
        int line = Picture.COLOURS * picture.width();
        byte[] to = new byte[Math.multiplyExact(line, height)];
        for (int y = 0; y < height; y++) {
            int begin = line * taps.first()[y];
            for (int x = 0; x < line; x += Picture.COLOURS) {
                mix(picture.rgb(), begin + x, line, weights[y], to, y * line + x);
            }
        }
        return new Picture(picture.width(), height, to);
    }

    private static void mix(byte[] from, int begin, int stride, int[] weights, byte[] to, int at) {
        for (int colour = 0; colour < Picture.COLOURS; colour++) {
            int sum = 1 << (PRECISION_BITS - 1);
            int index = begin + colour;
            for (int weight : weights) {
                sum += (from[index] & 0xFF) * weight;
                index += stride;
            }
            to[at + colour] = (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
        }
    }

    private static int[][] fixed(Taps taps) {
        int[][] fixed = new int[taps.weights().length][];
        for (int i = 0; i < fixed.length; i++) {
            double[] row = taps.weights()[i];
            fixed[i] = new int[row.length];
            for (int k = 0; k < row.length; k++) {
                double scaled = row[k] * (1 << PRECISION_BITS);
                fixed[i][k] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            }
        }
        return fixed;
    }
}
