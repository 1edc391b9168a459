package io.wanstreams.bench.network;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.tensors.SafetensorsLayout;
import io.wanstreams.tensors.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A checkpoint directory with one network, whose weights nobody trained. */
public final class RandomCheckpoint implements AutoCloseable {

    private static final int WINDOW_BYTES = 8 << 20;
    private static final Map<String, String> CLASSES =
            Map.of("transformer", "WanTransformer3DModel", "vae", "AutoencoderKLWan");

    private final Path directory;
    private final boolean kept;

    private RandomCheckpoint(Path directory, boolean kept) {
        this.directory = directory;
        this.kept = kept;
    }

    /** A directory that is there already, and stays. */
    public static RandomCheckpoint existing(Path directory) {
        return new RandomCheckpoint(directory, true);
    }

    /**
     * Makes one in a temporary directory, which goes with it.
     *
     * @param component {@code transformer} or {@code vae}
     * @param config its config.json
     * @param zeros zeros instead of random numbers, as a file with holes: takes no disk and no time
     * @param graph writes the network's graph for the checkpoint, to learn which weights it wants
     */
    public static RandomCheckpoint make(
            String component, String config, boolean zeros, BiConsumer<Checkpoint, WeightSource> graph)
            throws IOException {
        RandomCheckpoint made = new RandomCheckpoint(Files.createTempDirectory("wan-bench-model"), false);
        try {
            made.write(component, config, zeros, graph);
            return made;
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private void write(String component, String config, boolean zeros, BiConsumer<Checkpoint, WeightSource> graph)
            throws IOException {
        Path folder = Files.createDirectories(directory.resolve(component));
        Files.writeString(folder.resolve("config.json"), config);
        Files.writeString(
                directory.resolve("model_index.json"),
                "{\"_class_name\": \"WanPipeline\", \"" + component + "\": [\"diffusers\", \"" + CLASSES.get(component)
                        + "\"]}");
        WantedWeights wanted = new WantedWeights();
        graph.accept(open(), wanted);
        SafetensorsLayout layout = SafetensorsLayout.of(wanted.slots(), Map.of("format", "pt"));
        Path file = folder.resolve("diffusion_pytorch_model.safetensors");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(layout.prefix(), out);
            if (zeros) {
                out.write(ByteBuffer.allocate(1), layout.header().fileBytes() - 1);
            } else {
                Random random = new Random(7);
                for (TensorInfo tensor : layout.header().tensors().values()) {
                    writeRandom(tensor, random, out);
                }
            }
        }
    }

    /** Uniform, with the variance 1 / fan-in for matrices and kernels and small for the rest, so that nothing explodes. */
    private static void writeRandom(TensorInfo tensor, Random random, FileChannel out) throws IOException {
        long elements = tensor.shape().elements();
        boolean matrix = tensor.shape().rank() > 1 && !tensor.name().endsWith("gamma");
        float scale = matrix ? (float) Math.sqrt(3.0 * tensor.shape().dim(0) / elements) : 0.1f;
        boolean norm = tensor.name().contains("norm") && !tensor.name().endsWith("bias");
        ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (window.hasRemaining()) {
            window.putFloat((norm ? 1 : 0) + scale * (2 * random.nextFloat() - 1));
        }
        // Large tensors repeat a window: nobody looks at the numbers, and random ones are slow to draw.
        long left = elements * Float.BYTES;
        while (left > 0) {
            window.rewind().limit((int) Math.min(WINDOW_BYTES, left));
            left -= window.remaining();
            writeAll(window, out);
        }
    }

    private static void writeAll(ByteBuffer bytes, FileChannel out) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** Opens it. */
    public Checkpoint open() {
        return Checkpoint.open(directory, directory.resolve("cache"));
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
