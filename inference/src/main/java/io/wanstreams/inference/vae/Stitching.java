package io.wanstreams.inference.vae;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes over an image tile by tile, row by row, and blends each tile with the one above and the one at its left. Source:
 * vae.md §11.
 *
 * @param height of the image, in latent positions
 * @param width of the image, in latent positions
 * @param edge of a tile, in latent positions; tiles at the image's end are smaller
 * @param stride from the beginning of a tile to that of the next, in latent positions
 * @param blend rows and columns of a tile's values in which two tiles are blended
 * @param step rows and columns that are faded alike: those of one patch
 */
record Stitching(int height, int width, int edge, int stride, int blend, int step) {

    /** Makes the tile of a window of latent positions. */
    @FunctionalInterface
    interface Maker {
        Tile make(Window window);
    }

    /** Takes a blended tile, of which the first stride's worth of rows and columns is final. */
    @FunctionalInterface
    interface Taker {
        void take(Tile tile, Window window);
    }

    void run(Maker maker, Taker taker) {
        List<Tile> above = List.of();
        for (int top = 0; top < height; top += stride) {
            List<Tile> bottoms = new ArrayList<>();
            @Nullable Tile left = null;
            for (int x = 0; x < width; x += stride) {
                Window window = new Window(top, x, Math.min(edge, height - top), Math.min(edge, width - x));
                Tile tile = maker.make(window);
                if (!above.isEmpty()) {
                    tile.blendFromAbove(above.get(bottoms.size()), blend, step);
                }
                if (left != null) {
                    tile.blendFromLeft(left, blend, step);
                }
                taker.take(tile, window);
                left = tile.right(blend);
                bottoms.add(tile.bottom(blend));
            }
            above = bottoms;
        }
    }
}
