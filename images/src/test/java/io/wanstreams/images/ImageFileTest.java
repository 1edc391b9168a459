package io.wanstreams.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files were made with Pillow 13.0, and so were the pixels beside them: {@code Image.open(f).convert("RGB").tobytes()},
 * for {@code .upright.rgb} after {@code ImageOps.exif_transpose}.
 */
class ImageFileTest {

    /** Lossy formats leave decoders some freedom: how chroma is spread and colours are rounded. */
    @ParameterizedTest
    @CsvSource({
        "grey.png, PNG, 0",
        "palette.png, PNG, 0",
        "alpha.png, PNG, 0",
        "rgb.webp, WEBP, 0",
        "alpha.webp, WEBP, 0",
        "grey.jpg, JPEG, 1",
        "turned.jpg, JPEG, 3",
        "lossy.webp, WEBP, 4",
        "cmyk.jpg, JPEG, 4",
    })
    void pixelsAreThoseOfPillow(String name, ImageFormat format, double tolerance) throws Exception {
        ImageFile file = ImageFile.open(bytes(name), ImageLimits.DEFAULTS);
        assertThat(file.format()).isEqualTo(format);
        assertThat(file.width(false)).isEqualTo(32);
        assertThat(file.height(false)).isEqualTo(24);

        RgbImage image = file.decode(false);

        assertThat(image.width()).isEqualTo(32);
        assertThat(meanDifference(image.rgb(), bytes(name + ".rgb"))).isLessThanOrEqualTo(tolerance);
    }

    @Test
    void aCameraThatWasHeldUprightIsByChoice() throws Exception {
        ImageFile file = ImageFile.open(bytes("turned.jpg"), ImageLimits.DEFAULTS);
        assertThat(file.width(true)).isEqualTo(24);
        assertThat(file.height(true)).isEqualTo(32);

        RgbImage image = file.decode(true);

        assertThat(image.width()).isEqualTo(24);
        assertThat(meanDifference(image.rgb(), bytes("turned.jpg.upright.rgb"))).isLessThanOrEqualTo(3);
    }

    @Test
    void sixteenBitsKeepTheirUpperEight() throws Exception {
        RgbImage deep =
                ImageFile.open(bytes("grey16.png"), ImageLimits.DEFAULTS).decode(false);
        assertThat(Arrays.copyOf(deep.rgb(), 9)).containsExactly(new byte[] {0, 0, 0, 8, 8, 8, 16, 16, 16});
    }

    /** Every turn there is, on a picture of two by three that is its own index; EXIF 2.3, tag 0x0112. */
    @ParameterizedTest
    @CsvSource({
        "1, 2, abcdef",
        "2, 2, badcfe",
        "3, 2, fedcba",
        "4, 2, efcdab",
        "5, 3, acebdf",
        "6, 3, ecafdb",
        "7, 3, fdbeca",
        "8, 3, bdface",
        "9, 2, abcdef",
    })
    void turns(int code, int width, String expected) {
        RgbImage stored = new RgbImage(2, 3, coded("abcdef"));
        RgbImage upright = Orientation.of(code).upright(stored);
        assertThat(upright.width()).isEqualTo(width);
        assertThat(upright.rgb()).isEqualTo(coded(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "animated.png  | The image is animated, expected a single picture.",
                "animated.webp | The image is animated, expected a single picture.",
                "animated.gif  | The image is not a PNG, JPEG or WebP file.",
                "one-pixel.png | The image has 1x1 pixels, expected at least 16 each way.",
                "line.png      | The image has 20000x1 pixels, expected at least 16 each way.",
            })
    void whatCannotBecomeAFrameIsRefusedFromItsHeader(String name, String message) {
        assertThatThrownBy(() -> ImageFile.open(bytes(name), ImageLimits.DEFAULTS))
                .isInstanceOf(BadImageException.class)
                .hasMessage(message);
    }

    @Test
    void limitsHoldBeforeAnythingIsDecoded() throws Exception {
        byte[] file = bytes("grey.png");
        assertThatThrownBy(() -> ImageFile.open(file, ImageLimits.DEFAULTS.with(100, 1000)))
                .hasMessage("The image has " + file.length + " bytes, allowed are 100.");
        assertThatThrownBy(() -> ImageFile.open(file, ImageLimits.DEFAULTS.with(1000, 767)))
                .hasMessage("The image has 32x24 pixels, allowed are 767 in all.");
        assertThatThrownBy(() -> ImageFile.open(file, new ImageLimits(1000, 1000, 1, 1)))
                .hasMessage("The image has 32x24 pixels, its longer side is at most 1 times its shorter one.");
        // A header that claims 65,536 by 65,536 pixels costs nothing.
        byte[] huge = file.clone();
        Arrays.fill(huge, 16, 24, (byte) 0);
        huge[17] = 1;
        huge[21] = 1;
        assertThatThrownBy(() -> ImageFile.open(huge, ImageLimits.DEFAULTS))
                .hasMessage("The image has 65536x65536 pixels, allowed are 50000000 in all.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey.png", "alpha.png", "turned.jpg", "cmyk.jpg", "rgb.webp", "lossy.webp"})
    void damagedFilesAreRefusedInOneSentence(String name) throws Exception {
        byte[] whole = bytes(name);
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = Arrays.copyOf(whole, i % 2 == 0 ? whole.length : random.nextInt(whole.length));
            for (int j = 0; damaged.length > 0 && i % 2 == 0 && j < 4; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                ImageFile.open(damaged, ImageLimits.DEFAULTS).decode(true);
            } catch (BadImageException e) {
                assertThat(e).message().endsWith(".").hasSizeLessThan(200);
            }
        }
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> ImageFile.open(half, ImageLimits.DEFAULTS).decode(false))
                .isInstanceOf(BadImageException.class);
    }

    private static double meanDifference(byte[] found, byte[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            sum += Math.abs((found[i] & 0xFF) - (expected[i] & 0xFF));
        }
        return sum / found.length;
    }

    private static byte[] coded(String letters) {
        byte[] rgb = new byte[3 * letters.length()];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) letters.charAt(i / 3);
        }
        return rgb;
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ImageFileTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
