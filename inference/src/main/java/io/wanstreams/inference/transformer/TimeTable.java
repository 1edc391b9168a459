package io.wanstreams.inference.transformer;

/** The sinusoidal embedding of timesteps, cosines first (transformer-and-text.md §5.2 step 2). */
final class TimeTable {
    private static final double BASE = 10000;

    private TimeTable() {}

    /** [timesteps, length] */
    static float[] of(int length, double... timesteps) {
        float[] table = new float[timesteps.length * length];
        int half = length / 2;
        for (int row = 0; row < timesteps.length; row++) {
            for (int i = 0; i < half; i++) {
                double angle = timesteps[row] * Math.pow(BASE, -(double) i / half);
                table[row * length + i] = (float) Math.cos(angle);
                table[row * length + half + i] = (float) Math.sin(angle);
            }
        }
        return table;
    }
}
