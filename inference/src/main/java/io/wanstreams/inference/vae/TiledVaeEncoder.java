package io.wanstreams.inference.vae;

import io.wanstreams.inference.session.Cancellation;

/**
 * Encodes tile after tile, each through the whole video, and blends their latents where they overlap. Takes the memory of
 * one tile instead of one image, more time, and gives slightly other latents than {@link VaeEncoder}: those of Diffusers'
 * {@code enable_tiling}. Diffusers counts the tiles' pixels after patches have become channels; so do we: with patches of
 * 2 a tile of 256 is 512 pixels of the image. Source: vae.md §11.
 */
public final class TiledVaeEncoder implements FrameEncoder {

    private static final int COLOURS = 3;

    private final VaeEncoder encoder;
    private final Tiling tiling;
    private final int scale;

    /**
     * Encodes with a loaded encoder, which stays the caller's.
     *
     * @throws IllegalArgumentException when tiles would not begin between latent positions
     */
    public TiledVaeEncoder(VaeEncoder encoder, Tiling tiling) {
        this.encoder = encoder;
        this.tiling = tiling;
        this.scale = encoder.grid().stride() / encoder.config().patch();
        tiling.checkFits(scale);
    }

    @Override
    public LatentGrid grid() {
        return encoder.grid();
    }

    @Override
    public int latentsAtOnce(int extent) {
        return Math.min(extent, tiling.tilePixels() / scale);
    }

    /** Encodes a video, asking for every frame once per tile; one no larger than a tile as the untiled encoder does. */
    @Override
    public float[] encode(FrameSource source, int frames, int height, int width, Cancellation cancellation) {
        if (height <= tiling.tilePixels() && width <= tiling.tilePixels()) {
            return encoder.encode(source, frames, height, width, cancellation);
        }
        grid().check(frames, height, width);
        int stride = grid().stride();
        int rows = height / stride;
        int columns = width / stride;
        int kept = tiling.stridePixels() / scale;
        int planes = grid().channels() * grid().latentFrames(frames);
        float[] latents = new float[Math.multiplyExact(planes, rows * columns)];
        new Stitching(rows, columns, tiling.tilePixels() / scale, kept, tiling.blendPixels() / scale, 1)
                .run(
                        window -> encodeTile(source, frames, height, width, window, cancellation),
                        (tile, window) -> put(tile, latents, new Window(window.top(), window.left(), rows, columns)));
        return latents;
    }

    private Tile encodeTile(
            FrameSource source, int frames, int height, int width, Window window, Cancellation cancellation) {
        Window pixels = window.times(grid().stride());
        FrameSource part = index -> {
            float[] frame = source.frame(index);
            grid().checkFrame(frame, height, width);
            return Planes.part(frame, COLOURS, height, width, pixels);
        };
        float[] encoded = encoder.encode(part, frames, pixels.rows(), pixels.columns(), cancellation);
        int planes = encoded.length / (window.rows() * window.columns());
        return new Tile(planes, window.rows(), window.columns(), encoded);
    }

    /** A tile's first rows and columns, into latents of so many rows and columns; later tiles write over the rest. */
    private static void put(Tile tile, float[] latents, Window at) {
        for (int plane = 0; plane < tile.planes(); plane++) {
            for (int y = 0; y < tile.height(); y++) {
                int from = (plane * tile.height() + y) * tile.width();
                int to = (plane * at.rows() + at.top() + y) * at.columns() + at.left();
                System.arraycopy(tile.values(), from, latents, to, tile.width());
            }
        }
    }
}
