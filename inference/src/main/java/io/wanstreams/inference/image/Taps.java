package io.wanstreams.inference.image;

/**
 * Which pixels of a line, and how much of each, make one pixel of the resized line.
 *
 * @param first the first pixel of each
 * @param weights of the pixels from there on
 */
@SuppressWarnings("ArrayRecordComponent") // a table, never compared
record Taps(int[] first, double[][] weights) {

    /** Lanczos of order 3, the kernel widened where the line shrinks; as Pillow's {@code precompute_coeffs}. */
    static Taps lanczos(int from, int to) {
        double scale = (double) from / to;
        double widening = Math.max(scale, 1);
        double support = 3 * widening;
        int[] first = new int[to];
        double[][] weights = new double[to][];
        for (int i = 0; i < to; i++) {
            double center = (i + 0.5) * scale;
            int begin = Math.max((int) (center - support + 0.5), 0);
            int end = Math.min((int) (center + support + 0.5), from);
            double[] row = new double[end - begin];
            double sum = 0;
            for (int k = 0; k < row.length; k++) {
                row[k] = lanczos((k + begin - center + 0.5) / widening);
                sum += row[k];
            }
            for (int k = 0; k < row.length; k++) {
                row[k] /= sum;
            }
            first[i] = begin;
            weights[i] = row;
        }
        return new Taps(first, weights);
    }

    private static double lanczos(double x) {
        return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
