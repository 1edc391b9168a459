package io.wanstreams.images;

import java.util.Arrays;

/** Formats that are read, told by a file's first bytes. */
public enum ImageFormat {
    PNG("image/png"),
    JPEG("image/jpeg"),
    WEBP("image/webp");

    private static final byte[] PNG_MARK = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG_MARK = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] RIFF = {'R', 'I', 'F', 'F'};
    private static final byte[] WEBP_MARK = {'W', 'E', 'B', 'P'};
    private static final int WEBP_AT = 8;

    private final String mediaType;

    ImageFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** For example {@code image/png}. */
    public String mediaType() {
        return mediaType;
    }

    static ImageFormat of(byte[] file) throws BadImageException {
        if (has(file, 0, PNG_MARK)) {
            return PNG;
        }
        if (has(file, 0, JPEG_MARK)) {
            return JPEG;
        }
        if (has(file, 0, RIFF) && has(file, WEBP_AT, WEBP_MARK)) {
            return WEBP;
        }
        throw new BadImageException("The image is not a PNG, JPEG or WebP file.");
    }

    private static boolean has(byte[] file, int at, byte[] mark) {
        return file.length >= at + mark.length && Arrays.equals(file, at, at + mark.length, mark, 0, mark.length);
    }
}
