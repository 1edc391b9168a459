package io.wanstreams.inference.checkpoint;

import java.io.IOException;

/**
 * A weight [out, in] rounded to bytes, each output with a scale of its own: s = max |w| / limit, b = round(w / s). Source:
 * onnxruntime-notes.md §6.
 */
final class Int8Matrix {
    private final int out;
    private final int limit;
    private final byte[] values;
    private final float[] scales;
    private int output;

    private Int8Matrix(int out, int in, int limit) {
        this.out = out;
        this.limit = limit;
        this.values = new byte[Math.multiplyExact(out, in)];
        this.scales = new float[out];
    }

    /** @param limit largest magnitude of a byte */
    static Int8Matrix of(Weights weights, String name, int limit) throws IOException {
        long[] dims = weights.shape(name).dims();
        Int8Matrix matrix = new Int8Matrix(Math.toIntExact(dims[0]), Math.toIntExact(dims[1]), limit);
        weights.stream(name, new Rows(Math.toIntExact(dims[1]), matrix::round));
        return matrix;
    }

    private void round(float[] row) {
        float most = 0;
        for (float value : row) {
            most = Math.max(most, Math.abs(value));
        }
        float scale = most == 0 ? 1 : most / limit;
        scales[output] = scale;
        for (int i = 0; i < row.length; i++) {
            values[i * out + output] = (byte) Math.rint(row[i] / scale);
        }
        output++;
    }

    /** [in, out]. */
    byte[] values() {
        return values;
    }

    /** [out]. */
    float[] scales() {
        return scales;
    }
}
