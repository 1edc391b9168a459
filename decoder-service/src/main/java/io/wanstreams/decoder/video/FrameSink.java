package io.wanstreams.decoder.video;

import java.io.IOException;

/** Takes the frames of a video one after the other, the first first. */
@FunctionalInterface
public interface FrameSink {

    /**
     * Takes the next frame; done with its bytes when it returns.
     *
     * @throws IOException when what is made of the frames cannot be written
     */
    void accept(RgbFrame frame) throws IOException;
}
