package io.wanstreams.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.request.GivenImage;
import io.wanstreams.gateway.request.RefusedException;
import io.wanstreams.images.ImageLimits;
import io.wanstreams.transport.testing.InMemoryBundleStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageIntakeTest {

    private static final String FIELD = "input_reference";

    private final InMemoryBundleStore bundles = new InMemoryBundleStore();
    private final ImageIntake intake =
            new ImageIntake(bundles, ImageLimits.DEFAULTS.with(4096, 5000), ImageFetch.nothing());

    @TempDir
    private Path directory = Path.of("");

    @Test
    void readsTheSizeAndStoresNothing() throws IOException {
        assertThat(received(png(40, 24)).given(Preset.WAN)).isEqualTo(new GivenImage(40, 24, null));
    }

    /** EXIF orientation 6: the camera lay on its side. Only Diffusers' preset turns pictures (its load_image does). */
    @Test
    void thePresetDecidesWhetherAPictureIsTurned() throws IOException {
        Path lying = file(turned(jpeg(40, 24)));

        assertThat(received(lying).given(Preset.WAN)).isEqualTo(new GivenImage(40, 24, null));
        assertThat(received(lying).given(Preset.DIFFUSERS)).isEqualTo(new GivenImage(24, 40, null));
    }

    @Test
    void storesTheBytesAsTheyCameUnderTheirMediaType() throws Exception {
        JobId job = JobId.ofTime(0, new Random(1));
        Path file = png(40, 24);

        BundleRef stored = intake.store(job, received(file));

        assertThat(stored.topic()).isEqualTo(Topics.MEDIA);
        assertThat(stored.mediaType()).isEqualTo("image/png");
        try (InputStream in = bundles.open(stored)) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(file));
        }
    }

    @Test
    void everyRefusalNamesTheFieldInOneSentence() throws IOException {
        assertThat(refusal(file(new byte[] {1, 2, 3}))).isNotBlank();
        assertThat(refusal(file(new byte[0]))).isNotBlank();
        assertThat(refusal(file(new byte[5000]))).isEqualTo("The image has 5000 bytes, allowed are 4096.");
        assertThat(refusal(png(100, 51))).isEqualTo("The image has 100x51 pixels, allowed are 5000 in all.");
        assertThat(refusal(png(1, 1))).isEqualTo("The image has 1x1 pixels, expected at least 16 each way.");
        assertThat(refusal(directory.resolve("gone")))
                .isEqualTo(FIELD + " could not be received whole; send it again.");
    }

    private String refusal(Path file) {
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> intake.receive(FIELD, file, null));
        assertThat(refused.refusal().param()).isEqualTo(FIELD);
        return refused.refusal().message();
    }

    private ReceivedImage received(Path file) {
        return Objects.requireNonNull(intake.receive(FIELD, file, null));
    }

    private Path png(int width, int height) throws IOException {
        return file(encoded(width, height, "png"));
    }

    private static byte[] jpeg(int width, int height) throws IOException {
        return encoded(width, height, "jpeg");
    }

    private static byte[] encoded(int width, int height, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
        return bytes.toByteArray();
    }

    /** The same JPEG with an APP1 segment behind its first marker: a TIFF directory with tag 0x0112 = 6. */
    private static byte[] turned(byte[] jpeg) {
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(jpeg, 0, 2);
        all.writeBytes(exif);
        all.write(jpeg, 2, jpeg.length - 2);
        return all.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(directory, "image", ""), bytes);
    }
}
