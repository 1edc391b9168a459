package io.wanstreams.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.inference.pipeline.ImageConditioning;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** One reference run of {@code src/test/golden}; its README says where the numbers come from. */
public record GoldenCase(String name, JsonNode settings, SafetensorsFile tensors) {
    private static final Path FOLDER = Path.of("src", "test", "golden");
    private static final String SETTINGS = ".json";

    /** All cases, for parameterised tests. */
    public static Stream<GoldenCase> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("(t2v|i2v|ti2v)-.*\\.json"))
                    .sorted()
                    .map(file -> read(file.substring(0, file.length() - SETTINGS.length())))
                    .toList()
                    .stream();
        }
    }

    public static GoldenCase read(String name) {
        try {
            return new GoldenCase(
                    name,
                    new ObjectMapper().readTree(FOLDER.resolve(name + SETTINGS).toFile()),
                    SafetensorsFile.open(FOLDER.resolve(name + ".safetensors"), SafetensorsLimits.CHECKPOINT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cases that begin with an image. */
    public static Stream<GoldenCase> withImage() throws IOException {
        return all().filter(golden -> golden.has("condition"));
    }

    /** What the case's image does to the passes; the reference's condition, not ours. */
    public ImageConditioning conditioning() {
        if (!has("condition")) {
            return new ImageConditioning.None();
        }
        int[] latents = shape("latents");
        return shape("condition")[1] == latents[1]
                ? new ImageConditioning.Channels(floats("condition"))
                : new ImageConditioning.FirstFrame(floats("condition"), latents[1], latents[2] * latents[3]);
    }

    public Path checkpoint() {
        return FOLDER.resolve(text("checkpoint"));
    }

    public String text(String setting) {
        return settings.get(setting).textValue();
    }

    public boolean has(String key) {
        return tensors.header().tensor(key).isPresent();
    }

    public Tensor tensor(String key) {
        try {
            return tensors.tensor(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public float[] floats(String key) {
        return tensor(key).toFloats();
    }

    public int[] ids(String key) {
        return LongStream.of(tensor(key).toLongs()).mapToInt(Math::toIntExact).toArray();
    }

    public byte[] uint8(String key) {
        byte[] values = new byte[(int) tensor(key).shape().elements()];
        tensor(key).bytes().get(values);
        return values;
    }

    public int[] shape(String key) {
        int[] dims = new int[tensor(key).shape().rank()];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = Math.toIntExact(tensor(key).shape().dim(axis));
        }
        return dims;
    }

    /** ‖found − expected‖ / ‖expected‖ in double. */
    public static double relativeError(float[] found, float[] expected) {
        if (found.length != expected.length) {
            return Double.POSITIVE_INFINITY;
        }
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < found.length; i++) {
            difference += Math.pow((double) found[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    @Override
    public String toString() {
        return name;
    }
}
