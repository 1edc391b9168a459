package io.wanstreams.inference.checkpoint;

import io.wanstreams.tensors.SafetensorsException;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLayout;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files made from checkpoint files, in a folder, each named by the content it comes from. A file appears under its name
 * only when it is whole, so processes that make the same one at once disturb nobody.
 */
final class WeightCache {
    private static final Logger LOG = LoggerFactory.getLogger(WeightCache.class);
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final Path folder;
    private final ContentDigests digests;

    WeightCache(Path folder) {
        this.folder = folder;
        this.digests = new ContentDigests(folder);
    }

    /** Says the name under which a file is kept; asked when the folder is there. */
    @FunctionalInterface
    interface Name {
        String of(ContentDigests digests) throws IOException;
    }

    /** Writes one tensor's bytes. */
    @FunctionalInterface
    interface Filler {
        void write(TensorInfo tensor, FileChannel out) throws IOException;
    }

    /**
     * The file of that name, made now if there is none.
     *
     * @param refusal what could not be done if this fails, up to "in the cache folder"
     */
    SafetensorsFile get(String refusal, Name name, SafetensorsLayout layout, Filler filler) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(name.of(digests));
            if (!Files.exists(file) || Files.size(file) != layout.header().fileBytes()) {
                write(file, layout, filler);
            }
            return SafetensorsFile.open(file, SafetensorsLimits.CHECKPOINT);
        } catch (IOException | SafetensorsException e) {
            throw new CheckpointException(
                    refusal + " in the cache folder " + folder + ": " + e.getMessage() + "; it needs "
                            + (layout.header().fileBytes() >> 20) + " MiB there.",
                    e);
        }
    }

    private void write(Path file, SafetensorsLayout layout, Filler filler) throws IOException {
        removeAbandoned(file.getFileName() + ".");
        LOG.atInfo().addKeyValue("file", file).log("Converting weights");
        Path part = Files.createTempFile(folder, file.getFileName() + ".", ".part");
        try {
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                writeAll(layout.prefix(), out);
                for (TensorInfo tensor : layout.header().tensors().values()) {
                    filler.write(tensor, out);
                }
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What a killed process left behind; one at work writes all the time. */
    private void removeAbandoned(String prefix) throws IOException {
        FileTime recent = FileTime.from(Instant.now().minus(ABANDONED));
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, prefix + "*.part")) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).compareTo(recent) < 0) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    /** A sink that writes values as F32. */
    static StoredTensor.Sink floats(FileChannel out) {
        ByteBuffer[] buffer = {ByteBuffer.allocate(0)};
        return (values, count) -> {
            int bytes = count * Float.BYTES;
            if (buffer[0].capacity() < bytes) {
                buffer[0] = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
            }
            buffer[0]
                    .clear()
                    .limit(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(values, 0, count);
            writeAll(buffer[0], out);
        };
    }

    static void writeAll(ByteBuffer bytes, FileChannel out) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
