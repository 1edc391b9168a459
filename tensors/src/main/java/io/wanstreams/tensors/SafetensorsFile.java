package io.wanstreams.tensors;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A safetensors file on disk. Only the header is read; each tensor is mapped on its own, so files may be far larger than
 * 2 GiB and memory is what the operating system's page cache likes. The file must not be rewritten in place meanwhile.
 */
public final class SafetensorsFile {
    private final Path path;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path path, SafetensorsHeader header) {
        this.path = path;
        this.header = header;
    }

    /**
     * Reads and checks the header, and the file's length against it.
     *
     * @throws SafetensorsException if the file is missing, cut off, too long or otherwise not a safetensors file
     */
    public static SafetensorsFile open(Path path, SafetensorsLimits limits) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new SafetensorsException("File " + path + " does not exist.");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            SafetensorsHeader header = SafetensorsHeader.read(channel, limits);
            checkLength(header, channel.size());
            return new SafetensorsFile(path, header);
        } catch (NoSuchFileException e) {
            throw new SafetensorsException("File " + path + " does not exist.", e);
        } catch (SafetensorsException e) {
            throw new SafetensorsException("File " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void checkLength(SafetensorsHeader header, long found) {
        if (found != header.fileBytes()) {
            String fault = found < header.fileBytes() ? "it is cut off" : "it has bytes that no tensor owns";
            throw new SafetensorsException("its header describes " + header.fileBytes() + " bytes, the file has "
                    + found + ": " + fault + lastTensor(header, found) + ".");
        }
    }

    private static String lastTensor(SafetensorsHeader header, long found) {
        return header.inFileOrder().stream()
                .filter(tensor -> header.dataStart() + tensor.end() > found)
                .findFirst()
                .map(tensor -> ", tensor " + tensor.name() + " is the first that is not whole")
                .orElse("");
    }

    public Path path() {
        return path;
    }

    public SafetensorsHeader header() {
        return header;
    }

    /**
     * Maps one tensor.
     *
     * @throws SafetensorsException if there is none of that name, or it is larger than 2 GiB − 1
     */
    public Tensor tensor(String name) throws IOException {
        TensorInfo info = header.tensor(name)
                .orElseThrow(() -> new SafetensorsException("File " + path + " has no tensor " + name + "."));
        if (info.length() > Integer.MAX_VALUE) {
            throw new SafetensorsException("Tensor " + name + " in " + path + " has " + info.length()
                    + " bytes, more than one view can show.");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long position = header.dataStart() + info.begin();
            return Tensor.of(
                    info.type(), info.shape(), channel.map(FileChannel.MapMode.READ_ONLY, position, info.length()));
        }
    }
}
