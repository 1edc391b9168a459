package io.wanstreams.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.vae.VaeEncoder;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pixels against Pillow and PyTorch, conditions against Diffusers (golden/README.md); prints the errors. */
class GoldenImageTest {

    private static final Path FOLDER = Path.of("src", "test", "golden");

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.GoldenCase#withImage")
    void pixelsAreThoseOfPillow(GoldenCase golden) throws IOException {
        int height = golden.settings().get("height").intValue();
        int width = golden.settings().get("width").intValue();
        for (String which : new String[] {"image", "last"}) {
            if (golden.has(which + "_pixels")) {
                float[] found = ImageFit.STRETCH_LANCZOS.pixels(picture(file(golden, which)), width, height);
                double worst = largest(found, golden.floats(which + "_pixels")) * 255 / 2;
                System.out.printf("golden lanczos      %-30s largest difference %.3f / 255%n", golden, worst);
                assertThat(worst).isLessThanOrEqualTo(1);
            }
        }
    }

    /** The case of TI2V begins with the picture that the others end with. */
    private static String file(GoldenCase golden, String which) {
        return golden.text("checkpoint").equals("i2v") ? "i2v-" + which + ".png" : "i2v-last.png";
    }

    @Test
    void pixelsAreThoseOfTorch() throws IOException {
        SafetensorsFile file =
                SafetensorsFile.open(FOLDER.resolve("i2v-image-bicubic.safetensors"), SafetensorsLimits.CHECKPOINT);
        for (String name : file.header().tensors().keySet()) {
            Tensor expected = file.tensor(name);
            int rank = expected.shape().rank();
            int height = (int) expected.shape().dim(rank - 2);
            int width = (int) expected.shape().dim(rank - 1);
            float[] found = ImageFit.STRETCH_BICUBIC.pixels(picture("i2v-image.png"), width, height);
            double worst = largest(found, expected.toFloats());
            System.out.printf("golden bicubic      %-30s largest difference %.1e%n", name, worst);
            assertThat(worst).as(name).isLessThanOrEqualTo(1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.GoldenCase#withImage")
    void conditionsAreThoseOfTheReference(GoldenCase golden, @TempDir Path cache) {
        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), cache);
        int height = golden.settings().get("height").intValue();
        int width = golden.settings().get("width").intValue();
        int frames = golden.settings().get("num_frames").intValue();
        float[] image = golden.floats("image_pixels");
        float[] last = golden.has("last_pixels") ? golden.floats("last_pixels") : null;
        try (VaeEncoder encoder = VaeEncoder.open(checkpoint, Device.CPU, SessionSettings.defaults())) {
            ImageConditioner conditioner = new ImageConditioner(encoder);
            Tensor found = checkpoint.index().expandTimesteps()
                    ? conditioner.firstFrame(image, height, width, new Cancellation())
                    : conditioner.masked(image, last, frames, height, width, new Cancellation());
            double error = GoldenCase.relativeError(found.toFloats(), golden.floats("condition"));
            System.out.printf("golden vae encoder  %-30s relative L2 %.1e%n", golden, error);
            assertThat(found.shape()).isEqualTo(golden.tensor("condition").shape());
            assertThat(error).isLessThanOrEqualTo(1e-5);
        }
    }

    private static double largest(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            largest = Math.max(largest, Math.abs((double) found[i] - expected[i]));
        }
        return largest;
    }

    private static Picture picture(String name) throws IOException {
        BufferedImage image = ImageIO.read(FOLDER.resolve(name).toFile());
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        int i = 0;
        for (int pixel : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
            rgb[i++] = (byte) (pixel >> 16);
            rgb[i++] = (byte) (pixel >> 8);
            rgb[i++] = (byte) pixel;
        }
        return new Picture(image.getWidth(), image.getHeight(), rgb);
    }
}
