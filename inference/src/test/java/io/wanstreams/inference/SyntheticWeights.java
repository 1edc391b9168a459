package io.wanstreams.inference;

import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Weights made from their keys, as transformer-and-text.md §12 describes; the numbers in its tables come from them. */
public final class SyntheticWeights {
    private final Map<String, Tensor> tensors = new TreeMap<>();

    public SyntheticWeights with(String key, long... dims) {
        tensors.put(key, Tensor.of(values(key, dims), dims));
        return this;
    }

    /** {@code <key>.weight} and {@code <key>.bias} of a linear layer. */
    public SyntheticWeights linear(String key, long in, long out) {
        return with(key + ".weight", out, in).with(key + ".bias", out);
    }

    public Map<String, Tensor> tensors() {
        return tensors;
    }

    public static float[] values(String key, long... dims) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        SplittableRandom random = new SplittableRandom(crc.getValue());
        float[] values = new float[(int) Shape.of(dims).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) scaled(key, random.nextDouble() * 2 - 1, dims);
        }
        return values;
    }

    private static double scaled(String key, double u, long... dims) {
        if (key.startsWith("input.")) {
            return u;
        }
        if (key.endsWith("scale_shift_table")) {
            return 0.3 * u;
        }
        if (key.endsWith(".bias")) {
            return 0.1 * u;
        }
        return dims.length == 1
                ? 1 + 0.2 * u
                : u * Math.sqrt(3.0 * dims[0] / Shape.of(dims).elements());
    }

    /** Writes a component's folder: its config and one file of weights. */
    public void writeTo(Path folder, String config) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config);
        try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
            SafetensorsWriter.of(tensors).writeTo(out);
        }
    }

    /** Writes a model index that names these components. */
    public static void writeIndex(Path directory, String... components) throws IOException {
        Map<String, String> classes = Map.of(
                "text_encoder", "UMT5EncoderModel", "transformer", "WanTransformer3DModel", "vae", "AutoencoderKLWan");
        StringBuilder json = new StringBuilder("{\"_class_name\": \"WanPipeline\"");
        for (String component : components) {
            json.append(", \"%s\": [\"library\", \"%s\"]".formatted(component, classes.get(component)));
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("model_index.json"), json.append('}'));
    }
}
