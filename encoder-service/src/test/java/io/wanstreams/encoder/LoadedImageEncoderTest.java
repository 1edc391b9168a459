package io.wanstreams.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.request.ImageInput;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.ProfileReader;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.images.ImageLimits;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.memory.MemoryPlan;
import io.wanstreams.inference.memory.NotEnoughMemoryException;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.vae.Tiling;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.testing.TestJobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a file to the condition, against Diffusers (inference/src/test/golden/README.md). */
class LoadedImageEncoderTest {

    private static final Path GOLDEN =
            Path.of(Objects.requireNonNull(System.getProperty("wan.root")), "inference/src/test/golden");

    private static final MemoryLimit NONE = new MemoryLimit(OptionalLong.empty(), false);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path cache;

    @ParameterizedTest
    @CsvSource({
        "i2v, i2v-48x64x9, 64, 48, 9, i2v-image.png, , image.condition",
        "i2v, i2v-32x32x13-first-last, 32, 32, 13, i2v-image.png, i2v-last.png, image.condition",
        "ti2v, ti2v-64x64x9-image, 64, 64, 9, i2v-last.png, , image.latent",
    })
    void conditionsAreThoseOfDiffusers(
            String model,
            String golden,
            int width,
            int height,
            int frames,
            String image,
            @Nullable String last,
            String name)
            throws Exception {
        ModelProfile profile = ProfileReader.read(model, GOLDEN.resolve(model));
        try (LoadedImageEncoder encoder = open(profile.image(), model)) {
            Map<String, Tensor> made = encoder.encode(
                    request(Preset.DIFFUSERS, width, height, frames),
                    Files.readAllBytes(GOLDEN.resolve(image)),
                    last == null ? null : Files.readAllBytes(GOLDEN.resolve(last)),
                    new Cancellation());

            Tensor expected = SafetensorsFile.open(
                            GOLDEN.resolve(golden + ".safetensors"), SafetensorsLimits.CHECKPOINT)
                    .tensor("condition");
            assertThat(made).containsOnlyKeys(name);
            Tensor found = Objects.requireNonNull(made.get(name));
            assertThat(found.shape()).isEqualTo(expected.shape());
            assertThat(relativeError(found.toFloats(), expected.toFloats())).isLessThanOrEqualTo(1e-5);
        }
    }

    @Test
    void thePresetsPrepareImagesDifferently() throws Exception {
        byte[] image = Files.readAllBytes(GOLDEN.resolve("i2v-image.png"));
        for (String model : new String[] {"i2v", "ti2v"}) {
            ModelProfile profile = ProfileReader.read(model, GOLDEN.resolve(model));
            try (LoadedImageEncoder encoder = open(profile.image(), model)) {
                Map<String, Tensor> diffusers =
                        encoder.encode(request(Preset.DIFFUSERS, 64, 32, 5), image, null, new Cancellation());
                Map<String, Tensor> wan =
                        encoder.encode(request(Preset.WAN, 64, 32, 5), image, null, new Cancellation());
                assertThat(wan.keySet()).isEqualTo(diffusers.keySet());
                assertThat(wan).isNotEqualTo(diffusers);
            }
        }
    }

    @Test
    void aModelOfTextLoadsNothing() {
        assertThat(LoadedImageEncoder.open(
                        ImageInput.REFUSED,
                        ImageLimits.DEFAULTS,
                        checkpoint("t2v"),
                        Device.CPU,
                        sessions(),
                        null,
                        NONE))
                .isNull();
    }

    @Test
    void tilesGiveOtherLatentsThanWholeImages() throws Exception {
        byte[] image = Files.readAllBytes(GOLDEN.resolve("i2v-image.png"));
        VideoRequest request = request(Preset.DIFFUSERS, 64, 32, 5);
        try (LoadedImageEncoder whole = open(ImageInput.REQUIRED, "i2v");
                LoadedImageEncoder tiled = open(ImageInput.REQUIRED, "i2v", new Tiling(32, 24), NONE)) {
            Map<String, Tensor> expected = whole.encode(request, image, null, new Cancellation());
            Map<String, Tensor> found = tiled.encode(request, image, null, new Cancellation());
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            assertThat(found).isNotEqualTo(expected);
        }
        assertThatThrownBy(() -> open(ImageInput.REQUIRED, "i2v", new Tiling(30, 24), NONE))
                .hasMessageStartingWith("wan.encoder.image.tile: A tile's edge and stride are multiples of 8 pixels");
    }

    @Test
    void aClipThatWillNotFitIsRefusedWithTheNumbers() throws Exception {
        byte[] image = Files.readAllBytes(GOLDEN.resolve("i2v-image.png"));
        MemoryLimit limit = new MemoryLimit(OptionalLong.of(MemoryPlan.PROCESS_BYTES + (64 << 20)), true);
        try (LoadedImageEncoder encoder = open(ImageInput.REQUIRED, "i2v", null, limit)) {
            assertThat(encoder.encode(request(Preset.WAN, 32, 32, 5), image, null, new Cancellation()))
                    .isNotEmpty();
            assertThatThrownBy(
                            () -> encoder.encode(request(Preset.WAN, 1280, 720, 81), image, null, new Cancellation()))
                    .isInstanceOf(NotEnoughMemoryException.class)
                    .hasMessageContaining("The vae encoder beside the text encoder needs ")
                    .hasMessageContaining("wan.memory.limit allows 0.3 GiB");
        }
        MemoryLimit none = new MemoryLimit(OptionalLong.of(1 << 20), true);
        assertThatThrownBy(() -> open(ImageInput.REQUIRED, "i2v", null, none))
                .isInstanceOf(NotEnoughMemoryException.class)
                .hasMessageContaining("of weights");
    }

    private static LoadedImageEncoder open(ImageInput input, String model) {
        return open(input, model, null, NONE);
    }

    private static LoadedImageEncoder open(ImageInput input, String model, @Nullable Tiling tiling, MemoryLimit limit) {
        return Objects.requireNonNull(LoadedImageEncoder.open(
                input, ImageLimits.DEFAULTS, checkpoint(model), Device.CPU, sessions(), tiling, limit));
    }

    private static Checkpoint checkpoint(String model) {
        return Checkpoint.open(GOLDEN.resolve(model), cache);
    }

    private static SessionSettings sessions() {
        return SessionSettings.defaults();
    }

    private static VideoRequest request(Preset preset, int width, int height, int frames) {
        VideoRequest plain = TestJobs.request("m");
        return new VideoRequest(
                plain.model(),
                preset,
                plain.prompt(),
                width,
                height,
                frames,
                plain.fps(),
                null,
                null,
                plain.denoise(),
                plain.saveFrames(),
                plain.deadline(),
                plain.metadata(),
                plain.warnings());
    }

    private static double relativeError(float[] found, float[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < found.length; i++) {
            difference += Math.pow((double) found[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }
}
