package io.wanstreams.decoder.video;

import org.jspecify.annotations.Nullable;

/** Keeps the middle frame of a video, made smaller where its longer edge is above a limit, for a JPEG. */
public final class Thumbnail implements FrameSink {

    private final int middle;
    private final int edge;
    private int next;
    private @Nullable RgbFrame picture;

    /**
     * A thumbnail of a video of this many frames.
     *
     * @param edge limit of the longer edge in pixels
     */
    public Thumbnail(int frames, int edge) {
        this.middle = frames / 2;
        this.edge = edge;
    }

    @Override
    public void accept(RgbFrame frame) {
        if (next++ == middle) {
            picture = copy(frame.shrunkTo(frame.size().within(edge)));
        }
    }

    private static RgbFrame copy(RgbFrame frame) {
        byte[] rgb = new byte[frame.size().rgbBytes()];
        frame.bytes().get(rgb);
        return new RgbFrame(frame.size(), rgb);
    }

    /** The JPEG. */
    public byte[] toJpeg() {
        if (picture == null) {
            throw new IllegalStateException(
                    "The middle frame, number " + middle + ", has not come: found " + next + " frames.");
        }
        return picture.toJpeg();
    }
}
