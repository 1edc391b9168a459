package io.wanstreams.inference.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A network in one file, safetensors or GGUF. Source: transformer-and-text.md §11.2. */
final class SingleFile {
    private static final byte[] GGUF = "GGUF".getBytes(StandardCharsets.US_ASCII);

    private SingleFile() {}

    /** Its tensors under Diffusers' names. */
    static SortedMap<String, StoredTensor> read(Path file, Layout layout) {
        Map<String, StoredTensor> stored =
                isGguf(file) ? GgufReader.read(file, layout.architectures()) : StoredTensor.of(WeightFiles.open(file));
        SortedMap<String, StoredTensor> tensors = new TreeMap<>();
        ScaledWeights.applied(withoutPrefix(stored, layout), file).forEach((name, tensor) -> {
            String renamed = layout.names().apply(name);
            StoredTensor other = layout.passedOver().contains(name) ? null : tensors.put(renamed, tensor);
            if (other != null) {
                throw new CheckpointException("File " + file + " holds tensor " + renamed
                        + " twice, under the original name and under Diffusers'.");
            }
        });
        return tensors;
    }

    private static boolean isGguf(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException("File " + file + " does not exist.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(GGUF.length), GGUF);
        } catch (IOException e) {
            throw new CheckpointException("File " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Map<String, StoredTensor> withoutPrefix(Map<String, StoredTensor> stored, Layout layout) {
        for (String prefix : layout.prefixes()) {
            if (stored.keySet().stream().anyMatch(name -> name.startsWith(prefix))) {
                Map<String, StoredTensor> own = new TreeMap<>();
                stored.forEach((name, tensor) -> {
                    if (name.startsWith(prefix)) {
                        own.put(name.substring(prefix.length()), tensor);
                    } else if (name.equals(ScaledWeights.MARK)) {
                        own.put(name, tensor);
                    }
                });
                return own;
            }
        }
        return stored;
    }
}
