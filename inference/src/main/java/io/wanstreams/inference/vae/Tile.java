package io.wanstreams.inference.vae;

/**
 * A part of a stack of planes, such as the colours of all frames of a video.
 *
 * @param planes number of planes
 * @param height rows
 * @param width columns
 * @param values [planes, height, width]
 */
@SuppressWarnings("ArrayRecordComponent") // worked on in place
record Tile(int planes, int height, int width, float[] values) {

    /**
     * Fades from the tile above into this one, in its first rows. Source: vae.md §11.
     *
     * @param above at least its last rows
     * @param extent rows to fade in, if both have as many
     * @param step rows that are faded alike: those of one patch
     */
    void blendFromAbove(Tile above, int extent, int step) {
        int rows = Math.min(extent, Math.min(above.height, height));
        for (int plane = 0; plane < planes; plane++) {
            for (int y = 0; y < rows; y++) {
                float own = share(y, rows, step);
                int from = (plane * above.height + above.height - rows + y) * above.width;
                int to = (plane * height + y) * width;
                for (int x = 0; x < width; x++) {
                    values[to + x] = above.values[from + x] * (1 - own) + values[to + x] * own;
                }
            }
        }
    }

    /** The same from the tile at the left, in the first columns. */
    void blendFromLeft(Tile left, int extent, int step) {
        int columns = Math.min(extent, Math.min(left.width, width));
        for (int row = 0; row < planes * height; row++) {
            int from = row * left.width + left.width - columns;
            int to = row * width;
            for (int x = 0; x < columns; x++) {
                float own = share(x, columns, step);
                values[to + x] = left.values[from + x] * (1 - own) + values[to + x] * own;
            }
        }
    }

    private static float share(int at, int of, int step) {
        int patch = at / step;
        int patches = of / step;
        return (float) patch / patches;
    }

    /** A copy of the last rows, at most all. */
    Tile bottom(int rows) {
        int kept = Math.min(rows, height);
        float[] copy = new float[planes * kept * width];
        for (int plane = 0; plane < planes; plane++) {
            System.arraycopy(
                    values, (plane * height + height - kept) * width, copy, plane * kept * width, kept * width);
        }
        return new Tile(planes, kept, width, copy);
    }

    /** A copy of the last columns, at most all. */
    Tile right(int columns) {
        int kept = Math.min(columns, width);
        float[] copy = new float[planes * height * kept];
        for (int row = 0; row < planes * height; row++) {
            System.arraycopy(values, row * width + width - kept, copy, row * kept, kept);
        }
        return new Tile(planes, height, kept, copy);
    }
}
