package io.wanstreams.images;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The stored samples of a picture as red, green and blue bytes. Colour models are gone around where they would convert: Java
 * takes grey to be linear light, and Pillow does not.
 */
final class Pixels {

    private static final int COLOUR_BANDS = 3;

    private Pixels() {}

    static RgbImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] rgb = new byte[Math.multiplyExact(RgbImage.COLOURS * width, height)];
        if (image.getColorModel() instanceof IndexColorModel) {
            fromPalette(image, rgb);
        } else {
            fromSamples(image.getRaster(), rgb);
        }
        return new RgbImage(width, height, rgb);
    }

    private static void fromPalette(BufferedImage image, byte[] rgb) {
        int[] row = new int[image.getWidth()];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                rgb[to++] = (byte) (pixel >> 16);
                rgb[to++] = (byte) (pixel >> 8);
                rgb[to++] = (byte) pixel;
            }
        }
    }

    private static void fromSamples(Raster raster, byte[] rgb) {
        int bands = raster.getNumBands();
        int bits = raster.getSampleModel().getSampleSize(0);
        int[] row = new int[raster.getWidth() * bands];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            for (int x = 0; x < raster.getWidth(); x++) {
                for (int colour = 0; colour < RgbImage.COLOURS; colour++) {
                    int sample = row[x * bands + (bands >= COLOUR_BANDS ? colour : 0)];
                    rgb[to++] = (byte) inEightBits(sample, bits);
                }
            }
        }
    }

    private static int inEightBits(int sample, int bits) {
        return bits > 8 ? sample >> (bits - 8) : bits == 8 ? sample : sample * 255 / ((1 << bits) - 1);
    }
}
