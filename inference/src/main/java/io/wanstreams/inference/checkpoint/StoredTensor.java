package io.wanstreams.inference.checkpoint;

import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a tensor lies, whatever the file's format.
 *
 * @param offset of its first byte in the file
 * @param bytes its length there
 * @param type as the file calls it
 * @param encoding null for a type that is no floating-point number
 * @param scale by which every value is multiplied
 */
record StoredTensor(
        Path file,
        long offset,
        long bytes,
        String type,
        @Nullable Encoding encoding,
        Shape shape,
        float scale) {

    private static final int WINDOW_ELEMENTS = 1 << 20;

    /** Takes a tensor's values piece by piece; the array is used again. */
    @FunctionalInterface
    interface Sink {
        void accept(float[] values, int count) throws IOException;
    }

    /** All tensors of a file by name. */
    static Map<String, StoredTensor> of(SafetensorsFile file) {
        Map<String, StoredTensor> tensors = new TreeMap<>();
        file.header()
                .tensors()
                .forEach((name, info) -> tensors.put(
                        name,
                        new StoredTensor(
                                file.path(),
                                file.header().dataStart() + info.begin(),
                                info.length(),
                                info.type().name(),
                                Encoding.of(info.type()).orElse(null),
                                info.shape(),
                                1)));
        return tensors;
    }

    /** Whether the runtime can use the bytes as they are. */
    boolean isPlain() {
        return encoding == Encoding.F32 && scale == 1;
    }

    StoredTensor scaled(float by) {
        return new StoredTensor(file, offset, bytes, type, encoding, shape, by);
    }

    private Encoding floating() {
        Encoding found = encoding;
        if (found == null) {
            throw new IllegalStateException("A tensor of type " + type + " has no values that are computed with.");
        }
        return found;
    }

    /** Reads all values in order. */
    void stream(Sink sink) throws IOException {
        Encoding from = floating();
        ByteBuffer bytes = ByteBuffer.allocate((int) from.bytes(window())).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[window()];
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long done = 0; done < shape.elements(); ) {
                int count = (int) Math.min(values.length, shape.elements() - done);
                bytes.clear().limit((int) from.bytes(count));
                readAll(in, bytes, offset + from.bytes(done));
                from.decode(bytes.flip(), count, values);
                scale(values, count);
                sink.accept(values, count);
                done += count;
            }
        }
    }

    /** Elements read at a time, whole blocks. */
    private int window() {
        return (int) Math.min(WINDOW_ELEMENTS, Math.max(floating().blockElements, shape.elements()));
    }

    private void scale(float[] values, int count) {
        if (scale != 1) {
            for (int i = 0; i < count; i++) {
                values[i] *= scale;
            }
        }
    }

    /** All values; for tensors that fit into memory. */
    float[] toFloats() throws IOException {
        float[] all = new float[Math.toIntExact(shape.elements())];
        int[] at = {0};
        stream((values, count) -> {
            System.arraycopy(values, 0, all, at[0], count);
            at[0] += count;
        });
        return all;
    }

    private static void readAll(FileChannel in, ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (in.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
    }
}
