package io.wanstreams.images;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Looks for what the decoder passes over: the mark of an animated PNG. */
final class PngChunks {

    private static final int SIGNATURE_BYTES = 8;
    private static final int AROUND_BYTES = 12;

    private PngChunks() {}

    /** Whether a chunk {@code acTL} comes before the picture. */
    static boolean isAnimated(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        long at = SIGNATURE_BYTES;
        while (at + AROUND_BYTES <= file.length) {
            long length = Integer.toUnsignedLong(bytes.getInt((int) at));
            String type = new String(file, (int) at + Integer.BYTES, Integer.BYTES, StandardCharsets.US_ASCII);
            if (type.equals("acTL")) {
                return true;
            }
            if (type.equals("IDAT")) {
                return false;
            }
            at += AROUND_BYTES + length;
        }
        return false;
    }
}
