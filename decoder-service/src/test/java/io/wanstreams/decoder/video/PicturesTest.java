package io.wanstreams.decoder.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesTest {

    private static final FrameSize SIZE = new FrameSize(64, 32);

    @Test
    void theThumbnailIsTheMiddleFrame() throws IOException {
        Thumbnail thumbnail = new Thumbnail(5, 640);
        for (int t = 0; t < 5; t++) {
            thumbnail.accept(grey(50 * t));
        }

        BufferedImage image = read(thumbnail.toJpeg());

        assertThat(image.getWidth()).isEqualTo(64);
        assertThat(image.getHeight()).isEqualTo(32);
        assertThat(green(image, 10, 10)).isCloseTo(100, within(3));
    }

    @Test
    void aLargeFrameIsMadeSmallerForTheThumbnail() throws IOException {
        Thumbnail thumbnail = new Thumbnail(1, 16);
        thumbnail.accept(grey(90));

        BufferedImage image = read(thumbnail.toJpeg());

        assertThat(image.getWidth()).isEqualTo(16);
        assertThat(image.getHeight()).isEqualTo(8);
        assertThat(green(image, 3, 3)).isCloseTo(90, within(3));
    }

    @Test
    void withoutItsFrameThereIsNoThumbnail() {
        Thumbnail thumbnail = new Thumbnail(5, 640);
        thumbnail.accept(grey(0));

        assertThatIllegalStateException().isThrownBy(thumbnail::toJpeg);
    }

    @Test
    void theSheetShowsTheFramesInOrderFirstAndLastIncluded() throws IOException {
        SpriteSheet sheet = new SpriteSheet(13, SIZE, 4, 32);
        for (int t = 0; t < 13; t++) {
            sheet.accept(grey(20 * t));
        }

        BufferedImage image = read(sheet.toJpeg());

        assertThat(image.getWidth()).isEqualTo(64);
        assertThat(image.getHeight()).isEqualTo(32);
        assertThat(green(image, 16, 8)).isCloseTo(0, within(3));
        assertThat(green(image, 48, 8)).isCloseTo(80, within(3));
        assertThat(green(image, 16, 24)).isCloseTo(160, within(3));
        assertThat(green(image, 48, 24)).isCloseTo(240, within(3));
    }

    @ParameterizedTest
    @CsvSource({"1,25,1,1", "2,25,2,1", "5,25,3,2", "25,25,5,5", "81,25,5,5", "10000,25,5,5"})
    void theSheetIsBounded(int frames, int limit, int columns, int rows) {
        SpriteSheet sheet = new SpriteSheet(frames, SIZE, limit, 32);

        assertThat(sheet.size()).isEqualTo(new FrameSize(columns * 32, rows * 16));
        assertThat(sheet.tiles()).isEqualTo(Math.min(frames, limit));
    }

    @Test
    void anUnfinishedSheetIsNotWritten() {
        SpriteSheet sheet = new SpriteSheet(3, SIZE, 25, 32);
        sheet.accept(grey(0));

        assertThatIllegalStateException().isThrownBy(sheet::toJpeg).withMessageContaining("1 of 3");
    }

    @Test
    void equalFramesGiveEqualJpegs() {
        Thumbnail first = new Thumbnail(1, 640);
        Thumbnail second = new Thumbnail(1, 640);
        first.accept(Clip.frame(64, 32, 0));
        second.accept(Clip.frame(64, 32, 0));

        assertThat(first.toJpeg()).isEqualTo(second.toJpeg());
    }

    @Test
    void aSmallerPictureHasTheMeansOfTheLarger() {
        byte[] rgb = new byte[4 * 2 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (10 * i);
        }

        RgbFrame small = new RgbFrame(new FrameSize(4, 2), rgb).shrunkTo(new FrameSize(2, 1));

        // (0 + 30 + 120 + 150) / 4, the first channel of the left four pixels; bytes wrap at 256, values do not.
        assertThat(small.value(0, 0, 0)).isEqualTo(75);
        assertThat(small.value(1, 0, 0)).isEqualTo((60 + 90 + 180 + 210) / 4);
    }

    @Test
    void sizesKeepTheirProportions() {
        assertThat(new FrameSize(1280, 720).within(160)).isEqualTo(new FrameSize(160, 90));
        assertThat(new FrameSize(720, 1280).within(160)).isEqualTo(new FrameSize(90, 160));
        assertThat(new FrameSize(1000, 1).within(10)).isEqualTo(new FrameSize(10, 1));
        assertThat(new FrameSize(16, 16).within(160)).isEqualTo(new FrameSize(16, 16));
    }

    @Test
    void aPictureOfTheWrongLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RgbFrame(SIZE, new byte[5]))
                .withMessageContaining("64x32")
                .withMessageContaining("5");
    }

    private static RgbFrame grey(int value) {
        byte[] rgb = new byte[SIZE.rgbBytes()];
        Arrays.fill(rgb, (byte) value);
        return new RgbFrame(SIZE, rgb);
    }

    private static BufferedImage read(byte[] jpeg) throws IOException {
        return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(jpeg)));
    }

    private static int green(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) >> 8 & 0xff;
    }
}
