package io.wanstreams.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** An image as it was sent, whose header has been read and found within the limits. */
public final class ImageFile {

    private final byte[] bytes;
    private final ImageFormat format;
    private final int width;
    private final int height;
    private final Orientation orientation;

    private ImageFile(byte[] bytes, ImageFormat format, int width, int height, Orientation orientation) {
        this.bytes = bytes;
        this.format = format;
        this.width = width;
        this.height = height;
        this.orientation = orientation;
    }

    /**
     * Reads a header; decodes nothing.
     *
     * @param bytes of the file, which must not change
     * @throws BadImageException in one sentence
     */
    public static ImageFile open(byte[] bytes, ImageLimits limits) throws BadImageException {
        limits.checkBytes(bytes.length);
        ImageFormat format = ImageFormat.of(bytes);
        return read(bytes, format, reader -> {
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            limits.checkSize(width, height);
            if (isAnimated(bytes, format, reader)) {
                throw new BadImageException("The image is animated, expected a single picture.");
            }
            Orientation orientation = format == ImageFormat.JPEG ? Exif.orientation(bytes) : Orientation.UPRIGHT;
            return new ImageFile(bytes, format, width, height, orientation);
        });
    }

    private static boolean isAnimated(byte[] bytes, ImageFormat format, ImageReader reader) throws IOException {
        return switch (format) {
            case PNG -> PngChunks.isAnimated(bytes);
            case JPEG -> false;
            case WEBP -> reader.getNumImages(true) > 1;
        };
    }

    /** Its format. */
    public ImageFormat format() {
        return format;
    }

    /** Pixels from left to right, with {@code upright} as the camera's orientation says, else as stored. */
    public int width(boolean upright) {
        return upright && orientation.swapsSides() ? height : width;
    }

    /** Pixels from top to bottom. */
    public int height(boolean upright) {
        return upright && orientation.swapsSides() ? width : height;
    }

    /**
     * Decodes the picture.
     *
     * @param upright whether to turn it as the camera's orientation says
     * @throws BadImageException in one sentence, when it is damaged
     */
    public RgbImage decode(boolean upright) throws BadImageException {
        RgbImage stored = read(bytes, format, reader -> {
            reader.addIIOReadWarningListener((source, warning) -> refuseDamage(warning));
            BufferedImage decoded = reader.read(0);
            return Pixels.of(decoded);
        });
        return upright ? orientation.upright(stored) : stored;
    }

    /** The platform's decoder fills the rest of a cut file with grey, and only warns. */
    private static void refuseDamage(String warning) {
        String lower = warning.toLowerCase(Locale.ROOT);
        if (lower.contains("premature") || lower.contains("corrupt")) {
            throw new IllegalArgumentException(warning);
        }
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(ImageReader reader) throws IOException, BadImageException;
    }

    /** Decoders meet broken files with exceptions of all kinds. */
    private static <T> T read(byte[] bytes, ImageFormat format, Use<T> use) throws BadImageException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = Readers.of(format);
            try {
                reader.setInput(stream, false, true);
                return use.of(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw new BadImageException("The image is damaged: it cannot be read as " + format + ".", e);
        }
    }
}
