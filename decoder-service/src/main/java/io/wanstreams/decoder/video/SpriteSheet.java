package io.wanstreams.decoder.video;

import java.nio.ByteBuffer;

/**
 * Small pictures of frames spread evenly over a video, the first and the last among them, side by side in one JPEG: row
 * after row, as near to a square number of columns and rows as can be. What is left over stays black.
 */
public final class SpriteSheet implements FrameSink {

    private final int frames;
    private final int tiles;
    private final int columns;
    private final FrameSize tile;
    private final RgbFrame sheet;
    private final byte[] pixels;
    private int frame;
    private int filled;

    /**
     * A sheet for a video.
     *
     * @param frames how many the video has
     * @param size of a frame
     * @param tileLimit at most this many pictures
     * @param edge limit of the longer edge of one of them in pixels
     */
    public SpriteSheet(int frames, FrameSize size, int tileLimit, int edge) {
        if (frames < 1 || tileLimit < 1 || edge < 1) {
            throw new IllegalArgumentException(
                    "A sprite sheet has at least one frame, one picture and one pixel, found " + frames + ", "
                            + tileLimit + " and " + edge + ".");
        }
        this.frames = frames;
        this.tiles = Math.min(frames, tileLimit);
        this.columns = (int) Math.ceil(Math.sqrt(tiles));
        this.tile = size.within(edge);
        int rows = (tiles + columns - 1) / columns;
        FrameSize whole = new FrameSize(columns * tile.width(), rows * tile.height());
        this.pixels = new byte[whole.rgbBytes()];
        this.sheet = new RgbFrame(whole, pixels);
    }

    @Override
    public void accept(RgbFrame next) {
        if (filled < tiles && frame == frameOf(filled)) {
            place(next.shrunkTo(tile), filled);
            filled++;
        }
        frame++;
    }

    /** Which frame a picture shows. */
    private int frameOf(int picture) {
        return tiles == 1 ? 0 : (int) ((long) picture * (frames - 1) / (tiles - 1));
    }

    private void place(RgbFrame picture, int index) {
        int left = index % columns * tile.width();
        int top = index / columns * tile.height();
        for (int y = 0; y < tile.height(); y++) {
            ByteBuffer row = picture.row(y);
            row.get(pixels, ((top + y) * sheet.size().width() + left) * 3, row.remaining());
        }
    }

    public FrameSize size() {
        return sheet.size();
    }

    public int tiles() {
        return tiles;
    }

    /** The JPEG. */
    public byte[] toJpeg() {
        if (filled < tiles) {
            throw new IllegalStateException(filled + " of " + tiles + " pictures have come.");
        }
        return sheet.toJpeg();
    }
}
