package io.wanstreams.decoder.video;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The outermost boxes of an MP4 file (ISO/IEC 14496-12 §4.2): enough to see that it is whole and plays while it loads. */
final class Mp4File {

    private static final int SHORT_HEADER_BYTES = 8;
    private static final int LONG_HEADER_BYTES = 16;
    private static final int BOX_LIMIT = 64;

    private Mp4File() {}

    /**
     * Checks that the boxes fill the file to its last byte and that the index stands before the pictures.
     *
     * @throws IOException naming the file and what was found
     */
    static void check(Path file) throws IOException {
        List<String> boxes = boxes(file);
        int index = boxes.indexOf("moov");
        if (index < 0 || index > boxes.indexOf("mdat")) {
            throw new IOException(
                    "The video file " + file + " is incomplete: expected moov before mdat, found " + boxes + ".");
        }
    }

    /** The types of the outermost boxes in their order. */
    static List<String> boxes(Path file) throws IOException {
        List<String> types = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            long position = 0;
            while (position < channel.size()) {
                ByteBuffer header = read(channel, position, SHORT_HEADER_BYTES, file);
                long length = Integer.toUnsignedLong(header.getInt());
                types.add(StandardCharsets.ISO_8859_1.decode(header).toString());
                if (length == 1) {
                    length = read(channel, position + SHORT_HEADER_BYTES, LONG_HEADER_BYTES - SHORT_HEADER_BYTES, file)
                            .getLong();
                }
                if (length < SHORT_HEADER_BYTES || length > channel.size() - position || types.size() > BOX_LIMIT) {
                    throw new IOException(
                            "The video file " + file + " is incomplete: box " + types.get(types.size() - 1)
                                    + " at byte " + position + " claims " + length + " bytes, the file has "
                                    + channel.size() + ".");
                }
                position += length;
            }
        }
        return types;
    }

    private static ByteBuffer read(FileChannel channel, long position, int bytes, Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("The video file " + file + " is cut off at byte " + channel.size() + ".");
            }
        }
        return buffer.flip();
    }
}
