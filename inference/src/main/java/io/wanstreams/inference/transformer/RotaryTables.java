package io.wanstreams.inference.transformer;

/**
 * Cosines and sines of every token's position (transformer-and-text.md §5.2 step 4): a head's pairs are shared out among
 * time, height and width, h = w = 2·⌊size/6⌋ and time the rest. Computed in double.
 *
 * @param cos [tokens, headSize/2]
 * @param sin [tokens, headSize/2]
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the runtime, never compared
record RotaryTables(float[] cos, float[] sin) {
    private static final double BASE = 10000;

    static RotaryTables of(int headSize, int frames, int rows, int columns) {
        int spatial = 2 * (headSize / 6);
        double[][] time = angles(frames, headSize - 2 * spatial);
        double[][] height = angles(rows, spatial);
        double[][] width = angles(columns, spatial);
        int length = Math.multiplyExact(Math.multiplyExact(frames, rows), Math.multiplyExact(columns, headSize / 2));
        RotaryTables tables = new RotaryTables(new float[length], new float[length]);
        int at = 0;
        for (int frame = 0; frame < frames; frame++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    at = tables.put(at, time[frame]);
                    at = tables.put(at, height[row]);
                    at = tables.put(at, width[column]);
                }
            }
        }
        return tables;
    }

    /** Angle of each position and pair: position · 10000^(−2 pair / dim). */
    private static double[][] angles(int positions, int dim) {
        double[][] angles = new double[positions][dim / 2];
        for (int position = 0; position < positions; position++) {
            for (int pair = 0; pair < dim / 2; pair++) {
                angles[position][pair] = position * Math.pow(BASE, -2.0 * pair / dim);
            }
        }
        return angles;
    }

    private int put(int at, double[] angles) {
        int next = at;
        for (double angle : angles) {
            cos[next] = (float) Math.cos(angle);
            sin[next] = (float) Math.sin(angle);
            next++;
        }
        return next;
    }
}
