package io.wanstreams.tensors;

import static java.util.Comparator.comparingLong;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The table at the front of a safetensors file: {@code u64 length, little-endian | JSON of that length | data}.
 * An instance is consistent: sizes fit types and shapes, and the tensors fill the data without overlap or hole.
 */
public final class SafetensorsHeader {
    static final int PREFIX_BYTES = 8;

    private final long dataStart;
    private final long dataBytes;
    private final SortedMap<String, TensorInfo> tensors;
    private final SortedMap<String, String> metadata;

    SafetensorsHeader(long dataStart, Map<String, TensorInfo> tensors, Map<String, String> metadata) {
        this.dataStart = dataStart;
        this.tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        this.metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        this.dataBytes = checkedEnd(tensors);
    }

    private static long checkedEnd(Map<String, TensorInfo> tensors) {
        List<TensorInfo> inOrder = tensors.values().stream()
                .sorted(comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end))
                .toList();
        long end = 0;
        for (TensorInfo tensor : inOrder) {
            if (tensor.begin() != end) {
                throw new SafetensorsException(
                        "Tensor " + tensor.name() + " begins at data byte " + tensor.begin() + ", expected " + end
                                + ": the tensors " + (tensor.begin() < end ? "overlap." : "leave a hole."));
            }
            end = tensor.end();
        }
        return end;
    }

    /**
     * Reads length and header from the channel, and nothing behind them.
     *
     * @throws SafetensorsException if the bytes are not a header within the limits
     */
    public static SafetensorsHeader read(ReadableByteChannel channel, SafetensorsLimits limits) throws IOException {
        int length = checkedLength(fill(channel, PREFIX_BYTES), limits);
        return HeaderParser.parse(fill(channel, length), limits);
    }

    /**
     * Reads length and header from the buffer and moves its position to the first data byte.
     *
     * @throws SafetensorsException if the bytes are not a header within the limits
     */
    public static SafetensorsHeader read(ByteBuffer bytes, SafetensorsLimits limits) {
        int length = checkedLength(take(bytes, PREFIX_BYTES), limits);
        return HeaderParser.parse(take(bytes, length), limits);
    }

    private static int checkedLength(ByteBuffer prefix, SafetensorsLimits limits) {
        long length = prefix.order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > limits.headerBytes()) {
            throw new SafetensorsException(
                    "The header claims " + Long.toUnsignedString(length) + " bytes, allowed are 2 to "
                            + limits.headerBytes() + ": not a safetensors file, or a damaged one.");
        }
        return (int) length;
    }

    private static ByteBuffer take(ByteBuffer bytes, int length) {
        if (bytes.remaining() < length) {
            throw truncated(length, bytes.remaining());
        }
        ByteBuffer taken = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return taken;
    }

    /** Grows with what really arrives, so that a long claim over a short stream costs nothing. */
    private static ByteBuffer fill(ReadableByteChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.min(length, 1 << 16));
        while (true) {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw truncated(length, buffer.position());
                }
            }
            if (buffer.capacity() == length) {
                return buffer.flip();
            }
            int larger = (int) Math.min(length, 2L * buffer.capacity());
            buffer = ByteBuffer.allocate(larger).put(buffer.flip());
        }
    }

    private static SafetensorsException truncated(int expected, int found) {
        return new SafetensorsException("The header is cut off: " + expected + " bytes expected, " + found + " found.");
    }

    /** Bytes of length prefix and header together: the file offset at which data begins. */
    public long dataStart() {
        return dataStart;
    }

    /** Bytes of all tensors together. */
    public long dataBytes() {
        return dataBytes;
    }

    /** Bytes of the whole file. */
    public long fileBytes() {
        return dataStart + dataBytes;
    }

    /** All tensors by name, sorted. */
    public SortedMap<String, TensorInfo> tensors() {
        return tensors;
    }

    public Optional<TensorInfo> tensor(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /** The free entries under {@code __metadata__}, sorted. */
    public SortedMap<String, String> metadata() {
        return metadata;
    }

    /** The tensors in the order of their bytes. */
    public List<TensorInfo> inFileOrder() {
        Map<String, TensorInfo> ordered = new LinkedHashMap<>();
        tensors.values().stream()
                .sorted(comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end))
                .forEach(tensor -> ordered.put(tensor.name(), tensor));
        return List.copyOf(ordered.values());
    }
}
