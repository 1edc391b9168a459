package io.wanstreams.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class JpegTest {

    @Test
    void whatIsWrittenCanBeRead() throws BadImageException {
        RgbImage picture = stripes();

        RgbImage read =
                ImageFile.open(Jpeg.of(picture, 0.95f), ImageLimits.DEFAULTS).decode(false);

        assertThat(read.width()).isEqualTo(48);
        assertThat(read.height()).isEqualTo(32);
        // In the middle of a stripe: at its edges the format itself mixes colours.
        for (int i = 3 * (16 * 48 + 8); i < 3 * 17 * 48; i += 3 * 16) {
            for (int colour = 0; colour < 3; colour++) {
                assertThat(read.rgb()[i + colour] & 0xff).isCloseTo(picture.rgb()[i + colour] & 0xff, within(12));
            }
        }
    }

    @Test
    void equalPicturesGiveEqualBytesAndLessQualityFewer() {
        assertThat(Jpeg.of(stripes(), 0.9f)).isEqualTo(Jpeg.of(stripes(), 0.9f));
        assertThat(Jpeg.of(stripes(), 0.3f)).hasSizeLessThan(Jpeg.of(stripes(), 0.9f).length);
    }

    /** Sixteen pixels each of red, green and blue. */
    private static RgbImage stripes() {
        byte[] rgb = new byte[3 * 48 * 32];
        for (int i = 0; i < 48 * 32; i++) {
            rgb[3 * i + i % 48 / 16] = (byte) 200;
        }
        return new RgbImage(48, 32, rgb);
    }
}
