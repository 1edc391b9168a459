package io.wanstreams.inference.checkpoint;

import java.io.IOException;

/** Puts a stream of values together to the rows of a matrix. */
final class Rows implements StoredTensor.Sink {

    /** Takes one row after the other; the array is used again. */
    @FunctionalInterface
    interface RowSink {
        void accept(float[] row) throws IOException;
    }

    private final float[] row;
    private final RowSink sink;
    private int filled;

    Rows(int length, RowSink sink) {
        this.row = new float[length];
        this.sink = sink;
    }

    @Override
    public void accept(float[] values, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int taken = Math.min(row.length - filled, count - done);
            System.arraycopy(values, done, row, filled, taken);
            filled += taken;
            done += taken;
            if (filled == row.length) {
                sink.accept(row);
                filled = 0;
            }
        }
    }
}
