package io.wanstreams.inference.checkpoint;

import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.HalfFloat;
import io.wanstreams.tensors.SafetensorsException;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLayout;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * F32 copies of the half-precision tensors of checkpoint files, in a cache folder, named by the SHA-256 of the file they
 * come from. A copy appears under its name only when it is whole, so processes that convert the same file at once
 * disturb nobody; memory is bounded by two windows.
 */
final class ConvertedWeights {
    private static final Logger LOG = LoggerFactory.getLogger(ConvertedWeights.class);
    private static final int WINDOW_ELEMENTS = 1 << 20;
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final Path cache;
    private final ContentDigests digests;

    ConvertedWeights(Path cache) {
        this.cache = cache;
        this.digests = new ContentDigests(cache);
    }

    /** The copy of that file's F16, BF16 and F64 tensors, made now if there is none. */
    SafetensorsFile of(SafetensorsFile source) {
        try {
            Files.createDirectories(cache);
            Path copy = cache.resolve(digests.sha256(source.path()) + ".f32.safetensors");
            SafetensorsLayout layout = layout(source);
            if (Files.exists(copy) && Files.size(copy) == layout.header().fileBytes()) {
                return SafetensorsFile.open(copy, SafetensorsLimits.CHECKPOINT);
            }
            write(source, layout, copy);
            return SafetensorsFile.open(copy, SafetensorsLimits.CHECKPOINT);
        } catch (IOException | SafetensorsException e) {
            throw new CheckpointException(
                    "The half-precision weights of " + source.path()
                            + " could not be converted to F32 in the cache folder "
                            + cache + ": " + e.getMessage() + "; it needs "
                            + (layout(source).header().fileBytes() >> 20) + " MiB there.",
                    e);
        }
    }

    private static SafetensorsLayout layout(SafetensorsFile source) {
        Map<String, SafetensorsLayout.Slot> slots = new TreeMap<>();
        for (TensorInfo tensor : source.header().tensors().values()) {
            if (isConverted(tensor.type())) {
                slots.put(tensor.name(), new SafetensorsLayout.Slot(DType.F32, tensor.shape()));
            }
        }
        return SafetensorsLayout.of(slots, Map.of());
    }

    private static boolean isConverted(DType type) {
        return type.isFloating() && type != DType.F32;
    }

    private void write(SafetensorsFile source, SafetensorsLayout layout, Path copy) throws IOException {
        removeAbandoned(copy.getFileName() + ".");
        LOG.atInfo().addKeyValue("file", source.path()).log("Converting weights to F32");
        Path part = Files.createTempFile(cache, copy.getFileName() + ".", ".part");
        try {
            try (FileChannel in = FileChannel.open(source.path(), StandardOpenOption.READ);
                    FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                writeAll(layout.prefix(), out);
                // Two windows for the whole file: the collector is slow to see how large each is.
                ByteBuffer origin = window(Double.BYTES);
                ByteBuffer target = window(Float.BYTES);
                for (String name : layout.header().tensors().keySet()) {
                    TensorInfo tensor = source.header().tensor(name).orElseThrow();
                    convert(in, source.header().dataStart(), tensor, out, origin, target);
                }
                out.force(true);
            }
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What a killed process left behind; one at work writes all the time. */
    private void removeAbandoned(String prefix) throws IOException {
        FileTime recent = FileTime.from(Instant.now().minus(ABANDONED));
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(cache, prefix + "*.part")) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).compareTo(recent) < 0) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private static ByteBuffer window(int size) {
        return ByteBuffer.allocateDirect(WINDOW_ELEMENTS * size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void convert(
            FileChannel in, long dataStart, TensorInfo tensor, FileChannel out, ByteBuffer source, ByteBuffer target)
            throws IOException {
        int size = tensor.type().byteSize();
        long position = dataStart + tensor.begin();
        long end = dataStart + tensor.end();
        while (position < end) {
            source.clear().limit((int) Math.min((long) WINDOW_ELEMENTS * size, end - position));
            readAll(in, source, position);
            position += source.flip().remaining();
            int elements = source.remaining() / size;
            convert(tensor.type(), source, target.clear().asFloatBuffer(), elements);
            writeAll(target.limit(elements * Float.BYTES), out);
        }
    }

    private static void convert(DType type, ByteBuffer source, FloatBuffer target, int elements) {
        for (int i = 0; i < elements; i++) {
            target.put(
                    switch (type) {
                        case BF16 -> HalfFloat.bf16(source.getShort(2 * i));
                        case F16 -> HalfFloat.f16(source.getShort(2 * i));
                        case F64 -> (float) source.getDouble(8 * i);
                        default ->
                            throw new IllegalArgumentException("Elements of type " + type + " are not converted.");
                    });
        }
    }

    private static void readAll(FileChannel in, ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (in.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
    }

    private static void writeAll(ByteBuffer bytes, FileChannel out) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
