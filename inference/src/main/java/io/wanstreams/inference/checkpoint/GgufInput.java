package io.wanstreams.inference.checkpoint;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The values of a GGUF header, one after the other, each within limits. */
final class GgufInput implements AutoCloseable {
    private static final long MOST_HEADER_BYTES = 64L << 20;
    private static final int MOST_NAME_BYTES = 1 << 16;
    private static final int MOST_KEPT = 64;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final InputStream in;
    private long position;

    private GgufInput(InputStream in) {
        this.in = in;
    }

    static GgufInput open(Path file) throws IOException {
        return new GgufInput(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    /** Bytes read so far. */
    long position() {
        return position;
    }

    private ByteBuffer bytes(int count) throws IOException {
        advance(count);
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("it is cut off in its header");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void skip(long count) throws IOException {
        advance(count);
        try {
            in.skipNBytes(count);
        } catch (EOFException e) {
            throw new EOFException("it is cut off in its header");
        }
    }

    private void advance(long count) throws IOException {
        if (count < 0 || count > MOST_HEADER_BYTES - position) {
            throw new IOException("its header has more than " + MOST_HEADER_BYTES + " bytes");
        }
        position += count;
    }

    long u32() throws IOException {
        return Integer.toUnsignedLong(bytes(4).getInt());
    }

    long u64() throws IOException {
        return bytes(8).getLong();
    }

    String string() throws IOException {
        long length = u64();
        if (length < 0 || length > MOST_NAME_BYTES) {
            throw new IOException("it has a name of " + Long.toUnsignedString(length) + " bytes");
        }
        return new String(bytes((int) length).array(), StandardCharsets.UTF_8);
    }

    /**
     * A metadata value: text, whole number, or array of whole numbers.
     *
     * @param isShape whether an array is wanted; other arrays, and numbers that are not whole, are passed over
     */
    Object value(boolean isShape) throws IOException {
        int type = (int) u32();
        if (type == ARRAY) {
            return array(isShape);
        }
        if (type == STRING) {
            return text();
        }
        return scalar(type);
    }

    /** Long texts, such as licences, are passed over. */
    private String text() throws IOException {
        long length = u64();
        if (length >= 0 && length <= MOST_NAME_BYTES) {
            return new String(bytes((int) length).array(), StandardCharsets.UTF_8);
        }
        skip(length);
        return "";
    }

    private Object scalar(int type) throws IOException {
        ByteBuffer bytes = bytes(size(type));
        return switch (bytes.remaining()) {
            case 1 -> (long) bytes.get();
            case 2 -> (long) bytes.getShort();
            case 4 -> type == 6 ? (Object) bytes.getFloat() : (Object) (long) bytes.getInt();
            default -> bytes.getLong();
        };
    }

    private static int size(int type) throws IOException {
        return switch (type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 10, 11, 12 -> 8;
            default -> throw new IOException("it has metadata of the unknown type " + type);
        };
    }

    private Object array(boolean isShape) throws IOException {
        int type = (int) u32();
        long count = u64();
        if (count < 0 || count > MOST_HEADER_BYTES) {
            throw new IOException("it has an array of " + Long.toUnsignedString(count) + " values");
        }
        if (isShape && count <= MOST_KEPT && type != STRING) {
            long[] values = new long[(int) count];
            for (int i = 0; i < values.length; i++) {
                values[i] = scalar(type) instanceof Long whole ? whole : -1;
            }
            return values;
        }
        for (long i = 0; type == STRING && i < count; i++) {
            text();
        }
        if (type != STRING) {
            skip(count * size(type));
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
