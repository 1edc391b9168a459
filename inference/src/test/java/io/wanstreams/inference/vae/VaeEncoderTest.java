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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** vae.md §13, on made-up weights: acceptance tests 1 and 3. */
class VaeEncoderTest {

    private static final int ROWS = 2;
    private static final int COLUMNS = 3;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.vae.SyntheticVae#configs")
    void chunksGiveWhatTheWholeSequenceGives(String config) throws Exception {
        SyntheticVae vae = SyntheticVae.write(directory, config);
        try (VaeEncoder encoder = open(vae)) {
            LatentGrid grid = encoder.grid();
            for (int latentFrames = 1; latentFrames <= 4; latentFrames++) {
                Volume video = video(grid, latentFrames);
                Volume expected = new FullSequenceEncoder(vae.config(), vae.weights()).encode(video);
                assertThat(expected.t()).isEqualTo(latentFrames);
                assertThat(GoldenCase.relativeError(encode(encoder, video), expected.floats()))
                        .as("%d latent frames", latentFrames)
                        .isLessThan(2e-5);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.vae.SyntheticVae#configs")
    void latentsDoNotDependOnLaterFrames(String config) throws Exception {
        try (VaeEncoder encoder = open(SyntheticVae.write(directory, config))) {
            Volume video = video(encoder.grid(), 3);
            Volume prefix = new Volume(3, encoder.grid().frames(2), video.h(), video.w());
            prefix.fill(video::at);
            float[] whole = encode(encoder, video);
            float[] part = encode(encoder, prefix);
            int channels = encoder.grid().channels();
            for (int frame = 0; frame < 2; frame++) {
                assertThat(Planes.take(part, channels, 2, frame))
                        .containsExactly(Planes.take(whole, channels, 3, frame));
            }
        }
    }

    @Test
    void sizesThatDoNotDivideAreRefused() throws Exception {
        try (VaeEncoder encoder = open(SyntheticVae.write(directory, SyntheticVae.config(0)))) {
            float[] frame = new float[3 * 8 * 8];
            assertThatThrownBy(() -> encoder.encode(i -> frame, 3, 8, 8, new Cancellation()))
                    .hasMessage("The number of frames is a multiple of 4 and one more, found 3.");
            assertThatThrownBy(() -> encoder.encode(i -> frame, 1, 8, 12, new Cancellation()))
                    .hasMessage("Height and width of a video are multiples of 8, found 8 and 12.");
            assertThatThrownBy(() -> encoder.encode(i -> frame, 1, 8, 16, new Cancellation()))
                    .hasMessage("A frame has 384 values, found 192.");
        }
    }

    @Test
    void coloursThatDoNotFillAPatchAreRefused() throws Exception {
        String config = SyntheticVae.config(0).replace("\"base_dim\"", "\"in_channels\":4,\"base_dim\"");
        SyntheticVae vae = SyntheticVae.write(directory, config);
        assertThatThrownBy(() -> open(vae))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("in_channels 4, expected three colours of a patch, 3");
    }

    @Test
    void aCancelledVideoEnds() throws Exception {
        Cancellation cancellation = new Cancellation();
        List<Integer> asked = new ArrayList<>();
        float[] frame = new float[3 * 8 * 8];
        FrameSource source = index -> {
            asked.add(index);
            if (index == 4) {
                cancellation.cancel();
            }
            return frame;
        };
        try (VaeEncoder encoder = open(SyntheticVae.write(directory, SyntheticVae.config(0)))) {
            assertThatThrownBy(() -> encoder.encode(source, 13, 8, 8, cancellation))
                    .isInstanceOf(CancelledException.class);
        }
        assertThat(asked).containsExactly(0, 1, 2, 3, 4);
    }

    static VaeEncoder open(SyntheticVae vae) {
        return VaeEncoder.open(vae.checkpoint(), Device.CPU, SessionSettings.defaults());
    }

    private static Volume video(LatentGrid grid, int latentFrames) {
        int frames = grid.frames(latentFrames);
        int height = ROWS * grid.stride();
        int width = COLUMNS * grid.stride();
        return Volume.of(TorchNoise.randn(frames, 3 * frames * height * width), 3, frames, height, width);
    }

    private static float[] encode(FrameEncoder encoder, Volume video) {
        float[] pixels = video.floats();
        FrameSource source = index -> Planes.take(pixels, 3, video.t(), index);
        return encoder.encode(source, video.t(), video.h(), video.w(), new Cancellation());
    }
}
