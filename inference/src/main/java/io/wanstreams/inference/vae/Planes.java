package io.wanstreams.inference.vae;

/** Moves frames into and out of arrays [planes, frames, …], where the frames of each plane lie one after the other. */
final class Planes {

    private Planes() {}

    /** Frame {@code index} of [planes, frames, …], as [planes, …]. */
    static float[] take(float[] values, int planes, int frames, int index) {
        int size = values.length / planes / frames;
        float[] frame = new float[planes * size];
        for (int plane = 0; plane < planes; plane++) {
            System.arraycopy(values, (plane * frames + index) * size, frame, plane * size, size);
        }
        return frame;
    }

    /** Puts [planes, …] at its place in [planes, frames, …]. */
    static void put(float[] frame, float[] values, int planes, int frames, int index) {
        int size = frame.length / planes;
        for (int plane = 0; plane < planes; plane++) {
            System.arraycopy(frame, plane * size, values, (plane * frames + index) * size, size);
        }
    }

    /** Rows and columns of [planes, height, width]. */
    static float[] part(float[] values, int planes, int height, int width, Window window) {
        float[] part = new float[planes * window.rows() * window.columns()];
        for (int plane = 0; plane < planes; plane++) {
            for (int y = 0; y < window.rows(); y++) {
                int from = (plane * height + window.top() + y) * width + window.left();
                System.arraycopy(values, from, part, (plane * window.rows() + y) * window.columns(), window.columns());
            }
        }
        return part;
    }
}
