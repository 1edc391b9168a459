package io.wanstreams.inference.checkpoint;

import io.wanstreams.tensors.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of a GGUF file (versions 2 and 3) of a network that we know, believing nothing. Dimensions are stored last
 * first; a tensor of more than four has its real shape in the metadata. Source: transformer-and-text.md §11.2, and the
 * format's description in ggml's {@code docs/gguf.md}.
 */
final class GgufReader {
    private static final String ARCHITECTURE = "general.architecture";
    private static final String ALIGNMENT = "general.alignment";
    private static final String SHAPE = "comfy.gguf.orig_shape.";
    private static final long MOST_TENSORS = 1 << 17;
    private static final int MOST_DIMENSIONS = 8;

    private final Path file;
    private final GgufInput in;
    private final Set<String> architectures;
    private final Map<String, Object> metadata = new HashMap<>();

    private GgufReader(Path file, GgufInput in, Set<String> architectures) {
        this.file = file;
        this.in = in;
        this.architectures = architectures;
    }

    /**
     * Where its tensors lie, by their names in the file.
     *
     * @param architectures of which it may be
     */
    static Map<String, StoredTensor> read(Path file, Set<String> architectures) {
        try (GgufInput in = GgufInput.open(file)) {
            return new GgufReader(file, in, architectures).read();
        } catch (IOException e) {
            throw new CheckpointException("File " + file + " cannot be used as GGUF: " + e.getMessage() + ".", e);
        }
    }

    private record Entry(Shape shape, int type, long offset) {}

    private Map<String, StoredTensor> read() throws IOException {
        in.u32(); // the magic number
        long version = in.u32();
        if (version < 2 || version > 3) {
            throw new IOException("it has version " + version + ", supported are 2 and 3");
        }
        long tensors = count("tensors");
        long entries = count("metadata entries");
        for (long i = 0; i < entries; i++) {
            String key = in.string();
            metadata.put(key, in.value(key.startsWith(SHAPE)));
        }
        checkArchitecture();
        Map<String, Entry> found = new TreeMap<>();
        for (long i = 0; i < tensors; i++) {
            String name = in.string();
            if (found.put(name, entry(name)) != null) {
                throw new IOException("it names tensor " + name + " twice");
            }
        }
        return place(found);
    }

    private long count(String what) throws IOException {
        long count = in.u64();
        if (count < 0 || count > MOST_TENSORS) {
            throw new IOException("it says it has " + Long.toUnsignedString(count) + " " + what);
        }
        return count;
    }

    private void checkArchitecture() throws IOException {
        Object found = metadata.get(ARCHITECTURE);
        if (!(found instanceof String name && architectures.contains(name))) {
            throw new IOException("it is of the architecture " + found + ", expected "
                    + architectures.stream().sorted().collect(Collectors.joining(" or ")));
        }
    }

    private Entry entry(String name) throws IOException {
        long rank = in.u32();
        if (rank > MOST_DIMENSIONS) {
            throw new IOException("tensor " + name + " has " + rank + " dimensions");
        }
        long[] dims = new long[(int) rank];
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            dims[axis] = in.u64();
        }
        int type = (int) in.u32();
        return new Entry(shape(name, dims), type, in.u64());
    }

    private Shape shape(String name, long[] stored) throws IOException {
        try {
            Shape shape = Shape.of(stored);
            if (metadata.get(SHAPE + name) instanceof long[] real) {
                if (Shape.of(real).elements() != shape.elements()) {
                    throw new IOException(
                            "tensor " + name + " is stored as " + shape + ", its metadata say " + Shape.of(real));
                }
                return Shape.of(real);
            }
            return shape;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("tensor " + name + " has no possible shape: " + e.getMessage(), e);
        }
    }

    private Map<String, StoredTensor> place(Map<String, Entry> entries) throws IOException {
        long alignment = metadata.get(ALIGNMENT) instanceof Long set ? set : 32;
        if (alignment < 1 || alignment > 1 << 20) {
            throw new IOException("its alignment is " + alignment);
        }
        long start = (in.position() + alignment - 1) / alignment * alignment;
        long length = Files.size(file);
        Map<String, StoredTensor> tensors = new TreeMap<>();
        for (Map.Entry<String, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            Encoding encoding = encoding(each.getKey(), entry);
            long elements = entry.shape().elements();
            // No encoding takes less than a byte for an element.
            long bytes = elements > length ? Long.MAX_VALUE : encoding.bytes(elements);
            if (entry.offset() < 0 || bytes > length - start || entry.offset() > length - start - bytes) {
                throw new IOException(
                        "it is cut off: tensor " + each.getKey() + " ends beyond its " + length + " bytes");
            }
            tensors.put(
                    each.getKey(),
                    new StoredTensor(file, start + entry.offset(), bytes, encoding.name(), encoding, entry.shape(), 1));
        }
        return tensors;
    }

    private static Encoding encoding(String name, Entry entry) throws IOException {
        @Nullable
        Encoding encoding = switch (entry.type()) {
            case 0 -> Encoding.F32;
            case 1 -> Encoding.F16;
            case 8 -> Encoding.Q8_0;
            case 30 -> Encoding.BF16;
            default -> null;
        };
        if (encoding == null) {
            throw new IOException("tensor " + name + " has the ggml type " + entry.type()
                    + ", supported are F32 (0), F16 (1), Q8_0 (8) and BF16 (30)");
        }
        if (entry.shape().elements() % encoding.blockElements != 0) {
            throw new IOException("tensor " + name + " " + entry.shape() + " is no whole number of blocks of "
                    + encoding.blockElements);
        }
        return encoding;
    }
}
