package io.wanstreams.inference.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.noise.TorchNoise;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.CancelledException;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** vae.md §13, on made-up weights: acceptance tests 1 and 2. */
class VaeDecoderTest {

    private static final int HEIGHT = 2;
    private static final int WIDTH = 3;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.vae.SyntheticVae#configs")
    void chunksGiveWhatTheWholeSequenceGives(String config) throws Exception {
        SyntheticVae vae = SyntheticVae.write(directory, config);
        int z = vae.config().latentChannels();
        try (VaeDecoder decoder = open(vae)) {
            for (int frames = 1; frames <= 4; frames++) {
                float[] latents = TorchNoise.randn(frames, z * frames * HEIGHT * WIDTH);
                Volume expected = new FullSequenceDecoder(vae.config(), vae.weights())
                        .decode(Volume.of(latents, z, frames, HEIGHT, WIDTH));
                List<DecodedFrame> found = decode(decoder, latents, frames);
                assertThat(found).hasSize(expected.t()).hasSize(decoder.grid().frames(frames));
                assertThat(GoldenCase.relativeError(Difference.video(found), expected.floats()))
                        .as("%d latent frames", frames)
                        .isLessThan(2e-5);
            }
        }
    }

    @Test
    void framesDoNotDependOnLaterLatents() throws Exception {
        SyntheticVae vae = SyntheticVae.write(directory, SyntheticVae.config(1));
        int z = vae.config().latentChannels();
        int pixels = HEIGHT * WIDTH;
        float[] latents = TorchNoise.randn(7, z * 3 * pixels);
        float[] first = new float[z * pixels];
        for (int c = 0; c < z; c++) {
            System.arraycopy(latents, c * 3 * pixels, first, c * pixels, pixels);
        }
        try (VaeDecoder decoder = open(vae)) {
            float[] alone = decode(decoder, first, 1).get(0).values();
            assertThat(decode(decoder, latents, 3).get(0).values()).containsExactly(alone);
        }
    }

    @Test
    void coloursThatDoNotFillAPatchAreRefused() throws Exception {
        String config = SyntheticVae.config(0).replace("\"base_dim\"", "\"out_channels\":4,\"base_dim\"");
        SyntheticVae vae = SyntheticVae.write(directory, config);
        assertThatThrownBy(() -> open(vae))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("out_channels 4, expected three colours of a patch, 3");
    }

    @Test
    void latentsOfAnotherSizeAreRefused() throws Exception {
        SyntheticVae vae = SyntheticVae.write(directory, SyntheticVae.config(0));
        try (VaeDecoder decoder = open(vae)) {
            assertThatThrownBy(() -> decode(decoder, new float[5], 1))
                    .hasMessage("Latents [3, 1, 2, 3] need 18 values, found 5.");
        }
    }

    @Test
    void aCancelledVideoEnds() throws Exception {
        SyntheticVae vae = SyntheticVae.write(directory, SyntheticVae.config(0));
        Cancellation cancellation = new Cancellation();
        List<DecodedFrame> seen = new ArrayList<>();
        try (VaeDecoder decoder = open(vae)) {
            assertThatThrownBy(() -> decoder.decode(
                            new float[3 * 4 * HEIGHT * WIDTH],
                            4,
                            HEIGHT,
                            WIDTH,
                            frame -> {
                                seen.add(frame);
                                cancellation.cancel();
                            },
                            cancellation))
                    .isInstanceOf(CancelledException.class);
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void bytesAreTruncated() {
        float[] values = {-1, 1, 0, 0.999f, -0.999f, 0.5f};
        byte[] rgb = new DecodedFrame(0, 1, 2, values).rgb();
        int[] unsigned = new int[rgb.length];
        Arrays.setAll(unsigned, i -> rgb[i] & 0xFF);
        assertThat(unsigned).containsExactly(0, 127, 0, 255, 254, 191);
    }

    private static VaeDecoder open(SyntheticVae vae) {
        return VaeDecoder.open(vae.checkpoint(), Device.CPU, SessionSettings.defaults());
    }

    private static List<DecodedFrame> decode(VaeDecoder decoder, float[] latents, int frames) {
        List<DecodedFrame> decoded = new ArrayList<>();
        decoder.decode(latents, frames, HEIGHT, WIDTH, decoded::add, new Cancellation());
        return decoded;
    }
}
