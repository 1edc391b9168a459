package io.wanstreams.transport.bundle;

import io.wanstreams.contracts.bundle.TensorEntry;
import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Bytes to be written whose number is known in advance. */
public interface BundleContent {

    /** Number of bytes that {@link #writeTo} writes. */
    long length();

    /** Writes all bytes, in order; the channel stays open and takes everything it is given. */
    void writeTo(WritableByteChannel channel) throws IOException;

    /** The table of tensors for people and tools; empty unless this is a safetensors file. */
    default List<TensorEntry> tensors() {
        return List.of();
    }

    /** An array, which must not change until it is written. */
    static BundleContent of(byte[] bytes) {
        return new BundleContent() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(WritableByteChannel channel) throws IOException {
                channel.write(ByteBuffer.wrap(bytes));
            }
        };
    }

    /** A file, which must not change until it is written. */
    static BundleContent of(Path file) throws IOException {
        long length = Files.size(file);
        return new BundleContent() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(WritableByteChannel channel) throws IOException {
                try (FileChannel source = FileChannel.open(file)) {
                    source.position(0);
                    Channels.newInputStream(source).transferTo(Channels.newOutputStream(channel));
                }
            }
        };
    }

    /** A safetensors file of these tensors; equal tensors give equal bytes. */
    static BundleContent of(Map<String, Tensor> tensors) {
        SafetensorsWriter writer = SafetensorsWriter.of(tensors);
        List<TensorEntry> table = tensors.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new TensorEntry(
                        e.getKey(),
                        e.getValue().type().name(),
                        Arrays.stream(e.getValue().shape().dims()).boxed().toList()))
                .toList();
        return new BundleContent() {
            @Override
            public long length() {
                return writer.length();
            }

            @Override
            public void writeTo(WritableByteChannel channel) throws IOException {
                writer.writeTo(channel);
            }

            @Override
            public List<TensorEntry> tensors() {
                return table;
            }
        };
    }
}
