package io.wanstreams.inference.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.noise.TorchNoise;
import io.wanstreams.inference.session.Cancellation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiledVaeEncoderTest {

    private static final int FRAMES = 5;

    @TempDir
    Path directory;

    /**
     * The blend written down anew from vae.md §11: every tile alone, faded into its left and upper neighbours' finished
     * values. Config 0 is of Wan2.1's kind; config 1, of Wan2.2's, has patches of 2, so its tiles are twice as many pixels.
     */
    @ParameterizedTest
    @CsvSource({
        // config, tile, stride, height, width
        "0, 32, 24, 56, 80",
        "0, 32, 16, 40, 32",
        "0, 24, 24, 40, 56",
        "1, 32, 24, 96, 80",
        "1, 24, 16, 32, 112",
    })
    void tilesAreBlendedAsDiffusersDoes(int config, int tile, int stride, int height, int width) throws Exception {
        SyntheticVae vae = SyntheticVae.write(directory, SyntheticVae.config(config));
        try (VaeEncoder encoder = VaeEncoderTest.open(vae)) {
            Volume video = Volume.of(TorchNoise.randn(5, 3 * FRAMES * height * width), 3, FRAMES, height, width);
            float[] found = new TiledVaeEncoder(encoder, new Tiling(tile, stride))
                    .encode(frames(video), FRAMES, height, width, new Cancellation());
            int patch = vae.config().patch();
            Volume expected = blended(encoder, video, tile * patch, stride * patch);
            assertThat(GoldenCase.relativeError(found, expected.floats())).isLessThan(1e-6);
        }
    }

    private static Volume blended(VaeEncoder encoder, Volume video, int tile, int stride) {
        int scale = encoder.grid().stride();
        int fade = (tile - stride) / scale;
        int step = stride / scale;
        int channels = encoder.grid().channels();
        Volume all = new Volume(channels, encoder.grid().latentFrames(video.t()), video.h() / scale, video.w() / scale);
        int across = (video.w() + stride - 1) / stride;
        Volume[][] tiles = new Volume[(video.h() + stride - 1) / stride][across];
        for (int i = 0; i < tiles.length; i++) {
            for (int j = 0; j < across; j++) {
                Volume own = encoded(encoder, cut(video, i * stride, j * stride, tile));
                if (i > 0) {
                    own = faded(tiles[i - 1][j], own, fade, true);
                }
                if (j > 0) {
                    own = faded(tiles[i][j - 1], own, fade, false);
                }
                tiles[i][j] = own;
            }
        }
        all.fill((c, t, h, w) -> tiles[h / step][w / step].at(c, t, h % step, w % step));
        return all;
    }

    private static Volume faded(Volume before, Volume own, int fade, boolean vertical) {
        int extent = vertical ? Math.min(before.h(), own.h()) : Math.min(before.w(), own.w());
        int n = Math.min(fade, extent);
        Volume result = new Volume(own.c(), own.t(), own.h(), own.w());
        result.fill((c, t, h, w) -> {
            int k = vertical ? h : w;
            if (k >= n) {
                return own.at(c, t, h, w);
            }
            double old = vertical ? before.at(c, t, before.h() - n + h, w) : before.at(c, t, h, before.w() - n + w);
            return old * (1 - (double) k / n) + own.at(c, t, h, w) * k / n;
        });
        return result;
    }

    private static Volume cut(Volume video, int top, int left, int edge) {
        Volume part = new Volume(3, video.t(), Math.min(edge, video.h() - top), Math.min(edge, video.w() - left));
        part.fill((c, t, h, w) -> video.at(c, t, top + h, left + w));
        return part;
    }

    private static Volume encoded(VaeEncoder encoder, Volume video) {
        LatentGrid grid = encoder.grid();
        float[] latents = encoder.encode(frames(video), video.t(), video.h(), video.w(), new Cancellation());
        return Volume.of(
                latents,
                grid.channels(),
                grid.latentFrames(video.t()),
                video.h() / grid.stride(),
                video.w() / grid.stride());
    }

    private static FrameSource frames(Volume video) {
        float[] pixels = video.floats();
        return index -> Planes.take(pixels, 3, video.t(), index);
    }

    @Test
    void anImageNoLargerThanATileIsEncodedWhole() throws Exception {
        try (VaeEncoder encoder = VaeEncoderTest.open(SyntheticVae.write(directory, SyntheticVae.config(0)))) {
            Volume video = Volume.of(TorchNoise.randn(1, 3 * 32 * 24), 3, 1, 32, 24);
            TiledVaeEncoder tiled = new TiledVaeEncoder(encoder, new Tiling(32, 24));
            assertThat(tiled.encode(frames(video), 1, 32, 24, new Cancellation()))
                    .containsExactly(encoder.encode(frames(video), 1, 32, 24, new Cancellation()));
            assertThat(tiled.latentsAtOnce(3)).isEqualTo(3);
            assertThat(tiled.latentsAtOnce(9)).isEqualTo(4);
        }
    }

    @Test
    void refusesTilesThatCutALatentPosition() throws Exception {
        try (VaeEncoder encoder = VaeEncoderTest.open(SyntheticVae.write(directory, SyntheticVae.config(1)))) {
            assertThatThrownBy(() -> new TiledVaeEncoder(encoder, new Tiling(60, 48)))
                    .hasMessage("A tile's edge and stride are multiples of 8 pixels with this VAE, found 60 and 48.");
        }
    }
}
