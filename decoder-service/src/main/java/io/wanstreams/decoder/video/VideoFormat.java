package io.wanstreams.decoder.video;

/**
 * What a video looks like from outside.
 *
 * @param size in pixels, both even: a chroma sample covers two by two pixels
 * @param fps frames per second, 1 to {@value #FPS_LIMIT}
 * @param quantizer H.264 quantizer of every frame, {@value #FINEST} (finest, largest file) to {@value #COARSEST}
 */
public record VideoFormat(FrameSize size, int fps, int quantizer) {

    static final int FPS_LIMIT = 240;
    static final int FINEST = 1;
    static final int COARSEST = 51;

    public VideoFormat {
        if (size.width() % 2 != 0 || size.height() % 2 != 0) {
            throw new IllegalArgumentException("A video's width and height are even, found " + size + ".");
        }
        if (fps < 1 || fps > FPS_LIMIT) {
            throw new IllegalArgumentException(
                    "A video has 1 to " + FPS_LIMIT + " frames per second, found " + fps + ".");
        }
        if (quantizer < FINEST || quantizer > COARSEST) {
            throw new IllegalArgumentException(
                    "A quantizer lies between " + FINEST + " and " + COARSEST + ", found " + quantizer + ".");
        }
    }
}
