package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.transformer.LatentShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes tile after tile, each through the whole video, and blends them where they overlap. Takes the memory of one
 * tile instead of one image, more time, and gives slightly other pixels than {@link VaeDecoder}: those of Diffusers'
 * {@code enable_tiling}. Frames are handed out when the last tile is done; until then they lie in a file. Source: vae.md
 * §11.
 */
public final class TiledVaeDecoder {

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
        VaeConfig config = decoder.config();
        this.scale = config.patch() << (config.widthMultipliers().size() - 1);
        tiling.checkFits(scale);
    }

    /** The part of a video that the network holds at a time: all frames of one tile. */
    public LatentShape atOnce(LatentShape latents) {
        int tile = tiling.tilePixels() / scale;
        return new LatentShape(
                latents.channels(),
                latents.frames(),
                Math.min(tile, latents.height()),
                Math.min(tile, latents.width()));
    }

    /**
     * Decodes a video; one that is no larger than a tile as the untiled decoder does.
     *
     * @param latents [channels, frames, height, width], normalised as the transformer gives them
     * @throws java.io.UncheckedIOException when the folder cannot be written or is full
     * @throws io.wanstreams.inference.session.CancelledException if it was cancelled
     */
    public void decode(
            float[] latents,
            int frames,
            int height,
            int width,
            VaeDecoder.FrameConsumer consumer,
            Cancellation cancellation) {
        int tile = tiling.tilePixels() / scale;
        if (height <= tile && width <= tile) {
            decoder.decode(latents, frames, height, width, consumer, cancellation);
            return;
        }
        Latents whole = new Latents(latents, decoder.config().latentChannels() * frames, height, width);
        try (PlaneFile video = PlaneFile.create(folder, height * scale, width * scale)) {
            decodeTiles(whole, frames, video, cancellation);
            for (int frame = 0; frame < decoder.frames(frames); frame++) {
                float[] values = video.read(frame * COLOURS, COLOURS);
                consumer.accept(new DecodedFrame(frame, height * scale, width * scale, values).limited());
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // only read, here
    private record Latents(float[] values, int planes, int height, int width) {

        float[] part(int top, int left, int rows, int columns) {
            float[] part = new float[planes * rows * columns];
            for (int plane = 0; plane < planes; plane++) {
                for (int y = 0; y < rows; y++) {
                    int from = (plane * height + top + y) * width + left;
                    System.arraycopy(values, from, part, (plane * rows + y) * columns, columns);
                }
            }
            return part;
        }
    }

    private void decodeTiles(Latents latents, int frames, PlaneFile video, Cancellation cancellation) {
        int stride = tiling.stridePixels() / scale;
        List<Tile> above = List.of();
        for (int top = 0; top < latents.height(); top += stride) {
            List<Tile> bottoms = new ArrayList<>();
            @Nullable Tile left = null;
            for (int x = 0; x < latents.width(); x += stride) {
                Tile tile = decodeTile(latents, frames, top, x, cancellation);
                blend(tile, above.isEmpty() ? null : above.get(bottoms.size()), left);
                video.write(tile, top * scale, x * scale, tiling.stridePixels(), tiling.stridePixels());
                left = tile.right(tiling.blendPixels());
                bottoms.add(tile.bottom(tiling.blendPixels()));
            }
            above = bottoms;
        }
    }

    private Tile decodeTile(Latents latents, int frames, int top, int left, Cancellation cancellation) {
        int rows = Math.min(tiling.tilePixels() / scale, latents.height() - top);
        int columns = Math.min(tiling.tilePixels() / scale, latents.width() - left);
        int size = COLOURS * rows * scale * columns * scale;
        int planes = decoder.frames(frames) * COLOURS;
        float[] values = new float[Math.multiplyExact(planes / COLOURS, size)];
        decoder.decodeUnlimited(
                latents.part(top, left, rows, columns),
                frames,
                rows,
                columns,
                frame -> System.arraycopy(frame.values(), 0, values, frame.index() * size, size),
                cancellation);
        return new Tile(planes, rows * scale, columns * scale, values);
    }

    private void blend(Tile tile, @Nullable Tile above, @Nullable Tile left) {
        int patch = decoder.config().patch();
        if (above != null) {
            tile.blendFromAbove(above, tiling.blendPixels(), patch);
        }
        if (left != null) {
            tile.blendFromLeft(left, tiling.blendPixels(), patch);
        }
    }
}
