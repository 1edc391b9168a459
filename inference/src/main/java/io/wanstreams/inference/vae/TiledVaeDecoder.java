package io.wanstreams.inference.vae;

import io.wanstreams.inference.session.Cancellation;
import java.nio.file.Path;

/**
 * Decodes tile after tile, each through the whole video, and blends them where they overlap. Takes the memory of one
 * tile instead of one image, more time, and gives slightly other pixels than {@link VaeDecoder}: those of Diffusers'
 * {@code enable_tiling}. Frames are handed out when the last tile is done; until then they lie in a file. Source: vae.md
 * §11.
 */
public final class TiledVaeDecoder implements FrameDecoder {

    private static final int COLOURS = 3;

    private final VaeDecoder decoder;
    private final Tiling tiling;
    private final Path folder;
    private final int scale;

    /**
     * Decodes with a loaded decoder, which stays the caller's.
     *
     * @param folder where frames lie while they are put together, [frames, 3, height, width] fp32
     * @throws IllegalArgumentException when tiles would not begin between latent positions
     */
    public TiledVaeDecoder(VaeDecoder decoder, Tiling tiling, Path folder) {
        this.decoder = decoder;
        this.tiling = tiling;
        this.folder = folder;
        this.scale = decoder.config().pixelsPerLatent();
        tiling.checkFits(scale);
    }

    @Override
    public LatentGrid grid() {
        return decoder.grid();
    }

    @Override
    public int latentsAtOnce(int extent) {
        return Math.min(extent, tiling.tilePixels() / scale);
    }

    /**
     * Decodes a video; one that is no larger than a tile as the untiled decoder does.
     *
     * @throws java.io.UncheckedIOException when the folder cannot be written or is full
     */
    @Override
    public void decode(
            float[] latents, int frames, int height, int width, FrameConsumer consumer, Cancellation cancellation) {
        int tile = tiling.tilePixels() / scale;
        if (height <= tile && width <= tile) {
            decoder.decode(latents, frames, height, width, consumer, cancellation);
            return;
        }
        try (PlaneFile video = PlaneFile.create(folder, height * scale, width * scale)) {
            int kept = tiling.stridePixels();
            new Stitching(
                            height,
                            width,
                            tile,
                            tiling.stridePixels() / scale,
                            tiling.blendPixels(),
                            decoder.config().patch())
                    .run(
                            window -> decodeTile(latents, frames, height, width, window, cancellation),
                            (decoded, window) ->
                                    video.write(decoded, window.top() * scale, window.left() * scale, kept, kept));
            for (int frame = 0; frame < grid().frames(frames); frame++) {
                float[] values = video.read(frame * COLOURS, COLOURS);
                consumer.accept(new DecodedFrame(frame, height * scale, width * scale, values).limited());
            }
        }
    }

    private Tile decodeTile(
            float[] latents, int frames, int height, int width, Window window, Cancellation cancellation) {
        Window pixels = window.times(scale);
        int size = COLOURS * pixels.rows() * pixels.columns();
        int planes = grid().frames(frames) * COLOURS;
        float[] values = new float[Math.multiplyExact(planes / COLOURS, size)];
        decoder.decodeUnlimited(
                Planes.part(latents, decoder.config().latentChannels() * frames, height, width, window),
                frames,
                window.rows(),
                window.columns(),
                frame -> System.arraycopy(frame.values(), 0, values, frame.index() * size, size),
                cancellation);
        return new Tile(planes, pixels.rows(), pixels.columns(), values);
    }
}
