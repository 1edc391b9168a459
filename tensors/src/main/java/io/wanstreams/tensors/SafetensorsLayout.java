package io.wanstreams.tensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where each tensor of a file to be written goes. The same tensors and metadata always give the same bytes: both are
 * sorted by name (UTF-16 order), data follows in that order without gaps, and the header is padded with spaces to a
 * multiple of 8 bytes.
 */
public final class SafetensorsLayout {
    private static final int ALIGNMENT = 8;

    private final ByteBuffer prefix;
    private final SafetensorsHeader header;

    private SafetensorsLayout(ByteBuffer prefix, SafetensorsHeader header) {
        this.prefix = prefix;
        this.header = header;
    }

    /** What to lay out: a tensor without its bytes. */
    public record Slot(DType type, Shape shape) {}

    /**
     * Lays out tensors in the order of their names.
     *
     * @throws IllegalArgumentException for a name that JSON cannot carry or that is reserved
     */
    public static SafetensorsLayout of(Map<String, Slot> slots, Map<String, String> metadata) {
        SortedMap<String, TensorInfo> infos = new TreeMap<>();
        long position = 0;
        for (Map.Entry<String, Slot> slot : new TreeMap<>(slots).entrySet()) {
            checkName(slot.getKey());
            Shape shape = slot.getValue().shape();
            DType type = slot.getValue().type();
            long end = Math.addExact(position, shape.bytes(type));
            infos.put(slot.getKey(), new TensorInfo(slot.getKey(), type, shape, position, end));
            position = end;
        }
        byte[] json = json(infos, new TreeMap<>(metadata));
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer prefix = ByteBuffer.allocate(SafetensorsHeader.PREFIX_BYTES + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .put(json);
        while (prefix.hasRemaining()) {
            prefix.put((byte) ' ');
        }
        return new SafetensorsLayout(
                prefix.flip().asReadOnlyBuffer(), new SafetensorsHeader(prefix.capacity(), infos, metadata));
    }

    private static void checkName(String name) {
        if (name.isEmpty()
                || name.equals("__metadata__")
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a tensor.");
        }
    }

    private static byte[] json(SortedMap<String, TensorInfo> tensors, SortedMap<String, String> metadata) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart("__metadata__");
                for (Map.Entry<String, String> entry : new LinkedHashMap<>(metadata).entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            for (TensorInfo tensor : tensors.values()) {
                write(tensor, json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(TensorInfo tensor, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", tensor.type().name());
        json.writeFieldName("shape");
        json.writeArray(tensor.shape().dims(), 0, tensor.shape().rank());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {tensor.begin(), tensor.end()}, 0, 2);
        json.writeEndObject();
    }

    /** Length prefix and header: the first bytes of the file. */
    public ByteBuffer prefix() {
        return prefix.duplicate();
    }

    public SafetensorsHeader header() {
        return header;
    }
}
