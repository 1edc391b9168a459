package io.wanstreams.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** One reference run of {@code src/test/golden}; its README says where the numbers come from. */
record GoldenCase(String name, JsonNode settings, SafetensorsFile tensors) {
    static final Path FOLDER = Path.of("src", "test", "golden");

    static GoldenCase read(String name) throws IOException {
        return new GoldenCase(
                name,
                new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile()),
                SafetensorsFile.open(FOLDER.resolve(name + ".safetensors"), SafetensorsLimits.CHECKPOINT));
    }

    Path checkpoint() {
        return FOLDER.resolve(settings.get("checkpoint").textValue());
    }

    Tensor tensor(String key) throws IOException {
        return tensors.tensor(key);
    }

    boolean has(String key) {
        return tensors.header().tensor(key).isPresent();
    }

    /** ‖found − expected‖ / ‖expected‖ in double. */
    static double relativeError(float[] found, float[] expected) {
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
}
