package io.wanstreams.images;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;

/** Decoders by format. JPEG and WebP are TwelveMonkeys', whatever class loader this runs under. */
final class Readers {

    private static final JPEGImageReaderSpi JPEG = registered(new JPEGImageReaderSpi());
    private static final WebPImageReaderSpi WEBP = registered(new WebPImageReaderSpi());

    private Readers() {}

    /** Registering lets the JPEG decoder find the platform's own, which it builds upon. */
    private static <T> T registered(T provider) {
        IIORegistry.getDefaultInstance().registerServiceProvider(provider);
        return provider;
    }

    static ImageReader of(ImageFormat format) throws IOException {
        return switch (format) {
            case PNG -> png();
            case JPEG -> JPEG.createReaderInstance(null);
            case WEBP -> WEBP.createReaderInstance(null);
        };
    }

    private static ImageReader png() {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
        if (!readers.hasNext()) {
            throw new IllegalStateException("This Java platform has no PNG decoder; use one with java.desktop");
        }
        return readers.next();
    }
}
