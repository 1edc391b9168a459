package io.wanstreams.inference.umt5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanstreams.inference.SyntheticWeights;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.TextEncoderConfig;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The graph against plain loops at full length with a mask: padding left out is padding masked. */
class TextEncoderConfigsTest {
    @TempDir
    Path directory;

    /** Heads times size is more, less and as much as the width. */
    @ParameterizedTest
    @CsvSource({
        // width, heads, size, ffn, layers, buckets, max distance
        "12, 3, 6, 10, 2, 32, 128",
        "20, 1, 7, 9, 1, 8, 12",
        "16, 2, 8, 24, 2, 16, 20",
    })
    void agreesWithPlainLoops(int width, int heads, int size, int ffn, int layers, int buckets, int distance)
            throws IOException {
        SyntheticWeights.writeIndex(directory, "text_encoder");
        SyntheticWeights weights = weights(width, heads, heads * (long) size, ffn, layers, buckets);
        weights.writeTo(
                directory.resolve("text_encoder"), """
                {"vocab_size": 30, "d_model": %d, "num_heads": %d, "d_kv": %d, "d_ff": %d, "num_layers": %d,
                 "relative_attention_num_buckets": %d, "relative_attention_max_distance": %d}""".formatted(width, heads, size, ffn, layers, buckets, distance));
        Checkpoint checkpoint = Checkpoint.open(directory, directory.resolve("cache"));
        TextEncoderConfig config = checkpoint.textEncoder();
        int[] padded = new int[60];
        int valid = 41;
        for (int i = 0; i < valid; i++) {
            padded[i] = (7 * i * i + 3) % 29 + 1;
        }

        double[][] expected = new NaiveTextEncoder(config, weights.tensors()).encode(padded, valid);
        try (TextEncoder encoder = TextEncoder.open(
                checkpoint, Device.CPU, SessionSettings.defaults().threads(1))) {
            float[] rows = encoder.encode(Arrays.copyOf(padded, valid)).toFloats();
            assertThat(rows).hasSize(valid * width);
            for (int i = 0; i < rows.length; i++) {
                assertThat((double) rows[i])
                        .as("element %d", i)
                        .isCloseTo(expected[i / width][i % width], within(2e-5));
            }
        }
    }

    private static SyntheticWeights weights(int width, int heads, long inner, int ffn, int layers, int buckets) {
        SyntheticWeights weights =
                new SyntheticWeights().with("shared.weight", 30, width).with("encoder.final_layer_norm.weight", width);
        for (int i = 0; i < layers; i++) {
            String key = "encoder.block." + i + ".layer.";
            weights.with(key + "0.layer_norm.weight", width)
                    .with(key + "0.SelfAttention.q.weight", inner, width)
                    .with(key + "0.SelfAttention.k.weight", inner, width)
                    .with(key + "0.SelfAttention.v.weight", inner, width)
                    .with(key + "0.SelfAttention.o.weight", width, inner)
                    .with(key + "0.SelfAttention.relative_attention_bias.weight", buckets, heads)
                    .with(key + "1.layer_norm.weight", width)
                    .with(key + "1.DenseReluDense.wi_0.weight", ffn, width)
                    .with(key + "1.DenseReluDense.wi_1.weight", ffn, width)
                    .with(key + "1.DenseReluDense.wo.weight", width, ffn);
        }
        return weights;
    }
}
