package io.wanstreams.decoder.video;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes a picture as JPEG; equal pictures give equal bytes. */
final class Jpeg {

    private static final float QUALITY = 0.9f;

    private Jpeg() {}

    static byte[] of(RgbFrame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image(frame), null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage image(RgbFrame frame) {
        int width = frame.size().width();
        BufferedImage image = new BufferedImage(width, frame.size().height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < frame.size().height(); y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, frame.value(x, y, 0) << 16 | frame.value(x, y, 1) << 8 | frame.value(x, y, 2));
            }
        }
        return image;
    }
}
