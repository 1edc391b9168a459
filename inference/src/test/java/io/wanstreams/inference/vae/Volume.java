package io.wanstreams.inference.vae;

/** [channels, frames, height, width] in double. */
@SuppressWarnings("ArrayRecordComponent") // of one test, never compared
record Volume(int c, int t, int h, int w, double[] values) {

    @FunctionalInterface
    interface Pixel {
        double at(int c, int t, int h, int w);
    }

    Volume(int c, int t, int h, int w) {
        this(c, t, h, w, new double[c * t * h * w]);
    }

    static Volume of(float[] values, int c, int t, int h, int w) {
        Volume volume = new Volume(c, t, h, w);
        for (int i = 0; i < values.length; i++) {
            volume.values[i] = values[i];
        }
        return volume;
    }

    float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    void fill(Pixel pixel) {
        for (int i = 0; i < values.length; i++) {
            values[i] = pixel.at(i / w / h / t, i / w / h % t, i / w % h, i % w);
        }
    }

    double at(int channel, int frame, int row, int column) {
        return values[((channel * t + frame) * h + row) * w + column];
    }

    /** Zero outside. */
    double padded(int channel, int frame, int row, int column) {
        boolean inside = frame >= 0 && row >= 0 && row < h && column >= 0 && column < w;
        return inside ? at(channel, frame, row, column) : 0;
    }

    double pixel(int channel, int frame, int index) {
        return at(channel, frame, index / w, index % w);
    }

    void set(int channel, int frame, int row, int column, double value) {
        values[((channel * t + frame) * h + row) * w + column] = value;
    }
}
