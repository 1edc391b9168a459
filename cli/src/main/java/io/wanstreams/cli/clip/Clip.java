package io.wanstreams.cli.clip;

import java.util.List;

/**
 * A video in memory.
 *
 * @param facts of the file
 * @param width of the frames here, in pixels; may be smaller than the file's
 * @param height of the frames here
 * @param frames each [height, width, 3] bytes RGB, row by row
 */
public record Clip(ClipFacts facts, int width, int height, List<byte[]> frames) {

    public Clip {
        frames = List.copyOf(frames);
        for (byte[] frame : frames) {
            if (frame.length != width * height * 3) {
                throw new IllegalArgumentException("A frame of " + width + "x" + height + " has " + width * height * 3
                        + " bytes RGB, found " + frame.length);
            }
        }
    }
}
