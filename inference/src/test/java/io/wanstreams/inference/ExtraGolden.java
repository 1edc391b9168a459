package io.wanstreams.inference;

import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** One file of {@code src/test/golden/extra}: what the reference computes beside the cases. */
public record ExtraGolden(SafetensorsFile tensors) {

    private static final Path FOLDER = Path.of("src", "test", "golden", "extra");

    public static Path file(String name) {
        return FOLDER.resolve(name);
    }

    public static ExtraGolden read(String name) {
        try {
            return new ExtraGolden(SafetensorsFile.open(file(name + ".safetensors"), SafetensorsLimits.CHECKPOINT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public float[] floats(String key) {
        try {
            return tensors.tensor(key).toFloats();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int[] shape(String key) {
        long[] dims = tensors.header().tensor(key).orElseThrow().shape().dims();
        int[] ints = new int[dims.length];
        for (int axis = 0; axis < dims.length; axis++) {
            ints[axis] = Math.toIntExact(dims[axis]);
        }
        return ints;
    }
}
