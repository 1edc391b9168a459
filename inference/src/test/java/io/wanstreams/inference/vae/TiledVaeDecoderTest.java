package io.wanstreams.inference.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.inference.ExtraGolden;
import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiledVaeDecoderTest {

    private static final ExtraGolden GOLDEN = ExtraGolden.read("solvers-and-tiles");

    @TempDir
    static Path cache;

    private static VaeDecoder decoder;

    @BeforeAll
    static void open() {
        Checkpoint checkpoint = Checkpoint.open(GoldenCase.read("t2v-32x48x9").checkpoint(), cache);
        decoder = VaeDecoder.open(checkpoint, Device.CPU, SessionSettings.defaults());
    }

    @AfterAll
    static void close() {
        decoder.close();
    }

    /** Frames 0 and 5, as Diffusers decodes them with tiles. */
    @ParameterizedTest
    @CsvSource({"64, 48, tiled_64_48.video", "96, 64, tiled_96_64.video", "208, 160, untiled.video"})
    void framesAreThoseOfTheReference(int tile, int stride, String expected, @TempDir Path folder) throws IOException {
        List<DecodedFrame> frames = decode(new Tiling(tile, stride), folder);

        double error = GoldenCase.relativeError(
                Difference.video(List.of(frames.get(0), at(1, frames.get(5)))), GOLDEN.floats(expected));
        System.out.printf("golden tiles %d/%d: relative L2 %.1e%n", tile, stride, error);
        assertThat(error).isLessThanOrEqualTo(1e-5);
        assertThat(frames).hasSize(9);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void refusesTilesThatCutALatentPosition(@TempDir Path folder) {
        assertThatThrownBy(() -> new TiledVaeDecoder(decoder, new Tiling(60, 48), folder))
                .hasMessage("A tile's edge and stride are multiples of 8 pixels with this VAE, found 60 and 48.");
        assertThatThrownBy(() -> new Tiling(64, 0)).hasMessageContaining("a stride of 0");
        assertThatThrownBy(() -> new Tiling(64, 65)).hasMessageContaining("a stride of 65");
    }

    @Test
    void aTileBlendsAsDiffusersDoes() {
        Tile above = new Tile(1, 2, 2, new float[] {9, 9, 0, 0});
        Tile tile = new Tile(1, 3, 2, new float[] {4, 4, 4, 4, 4, 4});
        tile.blendFromAbove(above, 2, 1);
        assertThat(tile.values()).containsExactly(9, 9, 2, 2, 4, 4);
        tile.blendFromLeft(new Tile(1, 3, 1, new float[] {1, 1, 1}), 2, 1);
        assertThat(tile.values()).containsExactly(1, 9, 1, 2, 1, 4);
        Tile patched = new Tile(1, 4, 1, new float[] {4, 4, 4, 4});
        patched.blendFromAbove(new Tile(1, 4, 1, new float[] {0, 0, 0, 0}), 4, 2);
        assertThat(patched.values()).containsExactly(0, 0, 2, 2);
    }

    /** The reference decoded these as they are; our decoder begins with the transformer's scale. */
    private static float[] normalised(float[] latents) {
        List<Double> mean = decoder.config().latentsMean();
        List<Double> std = decoder.config().latentsStd();
        int plane = latents.length / mean.size();
        float[] values = new float[latents.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((latents[i] - mean.get(i / plane)) / std.get(i / plane));
        }
        return values;
    }

    private static DecodedFrame at(int index, DecodedFrame frame) {
        return new DecodedFrame(index, frame.height(), frame.width(), frame.values());
    }

    private static List<DecodedFrame> decode(Tiling tiling, Path folder) {
        int[] shape = GOLDEN.shape("tiled.latents");
        List<DecodedFrame> frames = new ArrayList<>();
        new TiledVaeDecoder(decoder, tiling, folder)
                .decode(
                        normalised(GOLDEN.floats("tiled.latents")),
                        shape[1],
                        shape[2],
                        shape[3],
                        frames::add,
                        new Cancellation());
        return frames;
    }
}
