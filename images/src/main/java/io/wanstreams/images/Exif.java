package io.wanstreams.images;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** What a JPEG's EXIF says about how it is to be seen. */
final class Exif {

    private Exif() {}

    /** The orientation; upright where there is none, or none that can be read. */
    static Orientation orientation(byte[] jpeg) {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            List<JPEGSegment> segments = JPEGSegmentUtil.readSegments(stream, JPEG.APP1, "Exif");
            return segments.isEmpty() ? Orientation.UPRIGHT : orientation(segments.get(0));
        } catch (IOException | RuntimeException e) {
            // A picture with broken EXIF is still a picture.
            return Orientation.UPRIGHT;
        }
    }

    private static Orientation orientation(JPEGSegment segment) throws IOException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(segment.data())) {
            // One byte of padding after "Exif\0".
            stream.skipBytes(1);
            try (ImageInputStream exif = new MemoryCacheImageInputStream(rest(stream))) {
                Directory directory = new TIFFReader().read(exif);
                Entry entry = directory.getEntryById(TIFF.TAG_ORIENTATION);
                return entry != null && entry.getValue() instanceof Number code
                        ? Orientation.of(code.intValue())
                        : Orientation.UPRIGHT;
            }
        }
    }

    private static ByteArrayInputStream rest(ImageInputStream stream) throws IOException {
        byte[] bytes = new byte[1 << 16];
        int count = 0;
        for (int n = stream.read(bytes); n > 0; n = stream.read(bytes, count, bytes.length - count)) {
            count += n;
        }
        return new ByteArrayInputStream(bytes, 0, count);
    }
}
