package io.wanstreams.tensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes tensors as a safetensors file. Deterministic: equal tensors and metadata give equal bytes
 * ({@link SafetensorsLayout} has the rule), whatever the time, host or order of insertion.
 */
public final class SafetensorsWriter {
    private final Safetensors content;
    private final SafetensorsLayout layout;

    private SafetensorsWriter(Safetensors content, SafetensorsLayout layout) {
        this.content = content;
        this.layout = layout;
    }

    public static SafetensorsWriter of(Map<String, Tensor> tensors) {
        return of(Safetensors.of(tensors));
    }

    public static SafetensorsWriter of(Safetensors content) {
        Map<String, SafetensorsLayout.Slot> slots = new TreeMap<>();
        content.tensors()
                .forEach((name, tensor) -> slots.put(name, new SafetensorsLayout.Slot(tensor.type(), tensor.shape())));
        return new SafetensorsWriter(content, SafetensorsLayout.of(slots, content.metadata()));
    }

    /** Length of the whole file in bytes, known before anything is written. */
    public long length() {
        return layout.header().fileBytes();
    }

    /** The table of what will be written. */
    public SafetensorsHeader header() {
        return layout.header();
    }

    /** Writes the file; the channel stays open. */
    public void writeTo(WritableByteChannel channel) throws IOException {
        writeAll(layout.prefix(), channel);
        for (Tensor tensor : content.tensors().values()) {
            writeAll(tensor.bytes(), channel);
        }
    }

    /** Writes the file; the stream stays open. */
    public void writeTo(OutputStream out) throws IOException {
        writeTo(Channels.newChannel(out));
    }

    /** The whole file as one array, for small content. */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(length()));
        try {
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void writeAll(ByteBuffer bytes, WritableByteChannel channel) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
