package io.wanstreams.inference.vae;

/** The frames of a video, asked for in order; in tiles, in order for each tile. */
@FunctionalInterface
public interface FrameSource {
    /** Frame {@code index}, [3, height, width], red, green and blue in −1 … 1; only read. */
    float[] frame(int index);
}
