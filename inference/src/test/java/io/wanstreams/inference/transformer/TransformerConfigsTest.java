package io.wanstreams.inference.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanstreams.inference.SyntheticWeights;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The graph against plain loops, on configs that nobody publishes. */
public class TransformerConfigsTest {
    private static final int TEXT_ROWS = 6;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // heads, size, layers, ffn, in, out, text, freq, patch, cross norm, clean first frame
        "3, 10, 1, 7, 5, 3, 9, 6, '1,2,2', true, true",
        "1, 6, 2, 12, 4, 4, 8, 2, '2,1,3', false, false",
        "5, 8, 1, 33, 2, 6, 3, 10, '1,1,1', true, false",
        "2, 24, 2, 20, 36, 16, 32, 64, '2,2,2', false, true",
    })
    void agreesWithPlainLoops(
            int heads,
            int size,
            int layers,
            int ffn,
            int in,
            int out,
            int text,
            int freq,
            String patch,
            boolean crossNorm,
            boolean cleanFirstFrame)
            throws IOException {
        String json = """
            {"num_attention_heads": %d, "attention_head_dim": %d, "num_layers": %d, "ffn_dim": %d, "in_channels": %d,
             "out_channels": %d, "text_dim": %d, "freq_dim": %d, "patch_size": [%s], "cross_attn_norm": %b,
             "eps": 1e-5}\
            """.formatted(heads, size, layers, ffn, in, out, text, freq, patch, crossNorm);
        SyntheticWeights.writeIndex(directory, "transformer");
        new SyntheticWeights().writeTo(directory.resolve("transformer"), json);
        Checkpoint checkpoint = Checkpoint.open(directory, directory.resolve("cache"));
        TransformerConfig config = checkpoint.transformer();
        SyntheticWeights weights = weights(config);
        weights.writeTo(directory.resolve("transformer"), json);
        LatentShape shape =
                new LatentShape(in, 2 * config.patchTime(), 2 * config.patchHeight(), 3 * config.patchWidth());
        float[] latents = SyntheticWeights.values("input.latents", shape.elements());
        float[] rows = SyntheticWeights.values("input.text", 2, text);
        Timestep timestep = new Timestep(700.5, cleanFirstFrame);

        double[] expected = new NaiveTransformer(config, weights.tensors())
                .velocity(latents, shape, timesteps(timestep), padded(rows, text));
        float[] found;
        try (Transformer transformer = Transformer.open(
                config,
                checkpoint.weights("transformer"),
                Flavour.CPU,
                TransformerSetup.floats(Device.CPU, SessionSettings.defaults().threads(1)),
                TEXT_ROWS)) {
            found = transformer.predict(latents, shape, timestep, Tensor.of(rows, 2, text), new Cancellation());
        }
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).as("element %d", i).isCloseTo(expected[i], within(1e-5));
        }
    }

    /** Twelve tokens, six of them in frame 0. */
    private static double[] timesteps(Timestep timestep) {
        double[] timesteps = new double[12];
        for (int token = 0; token < timesteps.length; token++) {
            timesteps[token] = timestep.cleanFirstFrame() && token < 6 ? 0 : timestep.value();
        }
        return timesteps;
    }

    private static double[][] padded(float[] rows, int width) {
        double[][] padded = new double[TEXT_ROWS][width];
        for (int i = 0; i < rows.length; i++) {
            padded[i / width][i % width] = rows[i];
        }
        return padded;
    }

    public static SyntheticWeights weights(TransformerConfig config) {
        long width = config.width();
        SyntheticWeights weights = new SyntheticWeights()
                .with(
                        "patch_embedding.weight",
                        width,
                        config.inChannels(),
                        config.patchTime(),
                        config.patchHeight(),
                        config.patchWidth())
                .with("patch_embedding.bias", width)
                .linear("condition_embedder.time_embedder.linear_1", config.frequencyDim(), width)
                .linear("condition_embedder.time_embedder.linear_2", width, width)
                .linear("condition_embedder.time_proj", width, 6 * width)
                .linear("condition_embedder.text_embedder.linear_1", config.textDim(), width)
                .linear("condition_embedder.text_embedder.linear_2", width, width)
                .with("scale_shift_table", 1, 2, width)
                .linear("proj_out", width, (long) config.outChannels() * config.patchElements());
        for (int i = 0; i < config.layers(); i++) {
            block("blocks." + i, config, weights);
        }
        return weights;
    }

    private static void block(String key, TransformerConfig config, SyntheticWeights weights) {
        long width = config.width();
        weights.with(key + ".scale_shift_table", 1, 6, width)
                .linear(key + ".ffn.net.0.proj", width, config.feedForwardWidth())
                .linear(key + ".ffn.net.2", config.feedForwardWidth(), width);
        if (config.crossNorm()) {
            weights.with(key + ".norm2.weight", width).with(key + ".norm2.bias", width);
        }
        for (String attention : new String[] {key + ".attn1", key + ".attn2"}) {
            for (String name : new String[] {"to_q", "to_k", "to_v", "to_out.0"}) {
                weights.linear(attention + "." + name, width, width);
            }
            weights.with(attention + ".norm_q.weight", width).with(attention + ".norm_k.weight", width);
        }
    }
}
