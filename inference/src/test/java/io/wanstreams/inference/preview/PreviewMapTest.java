package io.wanstreams.inference.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.image.Picture;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.vae.VaeEncoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the autoencoder that comes with the repository; pictures to look at in target/preview. */
class PreviewMapTest {

    private static final Path DEMO = Path.of(Objects.requireNonNull(System.getProperty("wan.root")), "demo-model");
    private static final SessionSettings SETTINGS = SessionSettings.defaults();
    private static final Path PICTURES = Path.of("target/preview");

    @TempDir
    static Path cache;

    /** Clips that were not fitted: what the map shows differs less from them than a grey picture does, by far. */
    @Test
    void showsWhatWasEncoded() throws IOException {
        Checkpoint checkpoint = Checkpoint.open(DEMO, cache);
        long begin = System.nanoTime();
        PreviewMap map = PreviewMaps.of(checkpoint, SETTINGS);
        System.out.printf("preview map fitted in %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        try (VaeEncoder encoder = VaeEncoder.open(checkpoint, Device.CPU, SETTINGS)) {
            for (int seed : List.of(1000, 1001, 1002)) {
                assertThat(shown(
                                map, encoder, new SampleClip(16 * encoder.grid().stride(), seed), 0, "first-" + seed))
                        .isGreaterThan(0.7);
                assertThat(shown(
                                map, encoder, new SampleClip(16 * encoder.grid().stride(), seed), 1, "later-" + seed))
                        .isGreaterThan(0.7);
            }
        }
    }

    /** The share of the pixels' variance that the preview explains. */
    private static double shown(PreviewMap map, VaeEncoder encoder, SampleClip clip, int frame, String name)
            throws IOException {
        int edge = 16 * encoder.grid().stride();
        float[] latents =
                encoder.encode(clip::frame, 1 + encoder.grid().framesPerLatent(), edge, edge, new Cancellation());
        Picture picture = map.picture(one(latents, encoder.grid().channels(), frame), 16, 16, frame == 0);
        float[] pixels = clip.frame(frame * encoder.grid().framesPerLatent() / 2);
        write(picture, name);
        double error = 0;
        double variance = 0;
        double mean = 0;
        for (float pixel : pixels) {
            mean += pixel / pixels.length;
        }
        int shrinking = edge / picture.width();
        for (int y = 0; y < edge; y++) {
            for (int x = 0; x < edge; x++) {
                for (int colour = 0; colour < 3; colour++) {
                    float pixel = pixels[(colour * edge + y) * edge + x];
                    int at = 3 * (y / shrinking * picture.width() + x / shrinking) + colour;
                    error += Math.pow((picture.rgb()[at] & 0xff) / 127.5 - 1 - pixel, 2);
                    variance += Math.pow(pixel - mean, 2);
                }
            }
        }
        System.out.printf("preview %-12s explains %.3f%n", name, 1 - error / variance);
        return 1 - error / variance;
    }

    /** One frame of [channels, 2, …]. */
    private static float[] one(float[] latents, int channels, int frame) {
        int positions = latents.length / channels / 2;
        float[] one = new float[channels * positions];
        for (int channel = 0; channel < channels; channel++) {
            System.arraycopy(latents, (2 * channel + frame) * positions, one, channel * positions, positions);
        }
        return one;
    }

    @Test
    void isFittedOnceAndThenKept() throws IOException {
        Checkpoint checkpoint = Checkpoint.open(DEMO, cache);
        PreviewMap first = PreviewMaps.of(checkpoint, SETTINGS);
        Path file = kept();
        FileTime time = Files.getLastModifiedTime(file);

        assertThat(PreviewMaps.of(checkpoint, SETTINGS).weights()).isEqualTo(first.weights());
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    }

    @Test
    @Tag("slow")
    void theSameAutoencoderGivesTheSameMap(@TempDir Path other) {
        assertThat(PreviewMaps.of(Checkpoint.open(DEMO, other), SETTINGS).weights())
                .isEqualTo(
                        PreviewMaps.of(Checkpoint.open(DEMO, cache), SETTINGS).weights());
    }

    private Path kept() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".preview-map.safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Two channels, one position, one pixel: red is the first, green the second, blue the constant; first frames are grey. */
    @Test
    void sumsChannels() {
        PreviewMap map = new PreviewMap(2, 1, new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0.5f});

        float[] latents = {-1, 0};

        assertThat(map.picture(latents, 1, 1, true).rgb()).containsExactly(128, 128, 128);
        assertThat(map.picture(latents, 1, 1, false).rgb()).containsExactly(0, 128, 191);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> map.picture(new float[3], 1, 1, false))
                .withMessageContaining("2 values, found 3");
    }

    private static void write(Picture picture, String name) throws IOException {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = picture.rgb();
        for (int i = 0; i < picture.width() * picture.height(); i++) {
            int pixel = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | (rgb[3 * i + 2] & 0xff);
            image.setRGB(i % picture.width(), i / picture.width(), pixel);
        }
        Files.createDirectories(PICTURES);
        ImageIO.write(image, "png", PICTURES.resolve(name + ".png").toFile());
    }
}
