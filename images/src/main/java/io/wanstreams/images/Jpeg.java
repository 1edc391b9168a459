package io.wanstreams.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as JPEG; equal pictures give equal bytes. */
public final class Jpeg {

    private static final int RED = 16;
    private static final int GREEN = 8;
    private static final int LEVEL = 0xff;

    private Jpeg() {}

    /**
     * The file of a picture.
     *
     * @param quality 0 to 1
     */
    public static byte[] of(RgbImage picture, float quality) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image(picture), null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage image(RgbImage picture) {
        int width = picture.width();
        byte[] rgb = picture.rgb();
        BufferedImage image = new BufferedImage(width, picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * picture.height(); i++) {
            int at = RgbImage.COLOURS * i;
            image.setRGB(
                    i % width,
                    i / width,
                    (rgb[at] & LEVEL) << RED | (rgb[at + 1] & LEVEL) << GREEN | (rgb[at + 2] & LEVEL));
        }
        return image;
    }
}
