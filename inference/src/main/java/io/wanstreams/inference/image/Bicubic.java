package io.wanstreams.inference.image;

/**
 * PyTorch's {@code interpolate(mode="bicubic", align_corners=False, antialias=False)}: a = −0.75, centres of pixels, edges
 * repeated, nothing clamped.
 */
final class Bicubic {

    private static final float A = -0.75f;
    private static final int TAPS = 4;

    private Bicubic() {}

    /** [planes, height, width] to [planes, newHeight, newWidth]. */
    static float[] resize(float[] planes, int height, int width, int newHeight, int newWidth) {
        int count = planes.length / height / width;
        int[] rows = new int[newHeight];
        float[][] down = weights(height, newHeight, rows);
        int[] columns = new int[newWidth];
        float[][] across = weights(width, newWidth, columns);
        float[] resized = new float[Math.multiplyExact(count * newHeight, newWidth)];
        int to = 0;
        for (int plane = 0; plane < count; plane++) {
            for (int y = 0; y < newHeight; y++) {
                for (int x = 0; x < newWidth; x++) {
                    float sum = 0;
                    for (int k = 0; k < TAPS; k++) {
                        int line = (plane * height + inside(rows[y] + k, height)) * width;
                        sum += down[y][k] * line(planes, line, width, columns[x], across[x]);
                    }
                    resized[to++] = sum;
                }
            }
        }
        return resized;
    }

    private static float line(float[] planes, int line, int width, int first, float[] weights) {
        float sum = 0;
        for (int k = 0; k < TAPS; k++) {
            sum += weights[k] * planes[line + inside(first + k, width)];
        }
        return sum;
    }

    private static int inside(int index, int extent) {
        return Math.max(0, Math.min(extent - 1, index));
    }

    /** For each new pixel the weights of four old ones, of which {@code first} is set to the first. */
    private static float[][] weights(int from, int to, int[] first) {
        float scale = (float) from / to;
        float[][] weights = new float[to][];
        for (int i = 0; i < to; i++) {
            float place = scale * (i + 0.5f) - 0.5f;
            int floor = (int) Math.floor(place);
            float t = place - floor;
            first[i] = floor - 1;
            weights[i] = new float[] {far(t + 1), near(t), near(1 - t), far(2 - t)};
        }
        return weights;
    }

    private static float near(float x) {
        return ((A + 2) * x - (A + 3)) * x * x + 1;
    }

    private static float far(float x) {
        return ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
    }
}
