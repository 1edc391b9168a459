package io.wanstreams.inference.vae;

/** A rectangle of an image. */
record Window(int top, int left, int rows, int columns) {

    /** The same rectangle of an image so many times as large. */
    Window times(int factor) {
        return new Window(top * factor, left * factor, rows * factor, columns * factor);
    }
}
