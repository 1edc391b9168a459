package io.wanstreams.inference.umt5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.wanstreams.inference.SyntheticWeights;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tiny UMT5 of transformer-and-text.md §12: weights from their keys, numbers from the reference. */
class TextEncoderTest {
    private static final String CONFIG = """
            {"vocab_size": 60, "d_model": 32, "num_heads": 4, "d_kv": 8, "d_ff": 48, "num_layers": 2,
             "relative_attention_num_buckets": 32, "relative_attention_max_distance": 128, "unknown": {"a": 1}}""";

    @TempDir
    Path directory;

    private final SyntheticWeights weights = new SyntheticWeights();

    @BeforeEach
    void describeTheModel() {
        weights.with("shared.weight", 60, 32).with("encoder.final_layer_norm.weight", 32);
        for (int i = 0; i < 2; i++) {
            String key = "encoder.block." + i + ".layer.";
            weights.with(key + "0.layer_norm.weight", 32)
                    .with(key + "0.SelfAttention.q.weight", 32, 32)
                    .with(key + "0.SelfAttention.k.weight", 32, 32)
                    .with(key + "0.SelfAttention.v.weight", 32, 32)
                    .with(key + "0.SelfAttention.o.weight", 32, 32)
                    .with(key + "0.SelfAttention.relative_attention_bias.weight", 32, 4)
                    .with(key + "1.layer_norm.weight", 32)
                    .with(key + "1.DenseReluDense.wi_0.weight", 48, 32)
                    .with(key + "1.DenseReluDense.wi_1.weight", 48, 32)
                    .with(key + "1.DenseReluDense.wo.weight", 32, 48);
        }
    }

    @Test
    void givesTheReferencesRows() throws IOException {
        try (TextEncoder encoder = open()) {
            Tensor rows = encoder.encode(ids());
            assertThat(rows.shape()).isEqualTo(Shape.of(150, 32));
            float[] values = rows.toFloats();
            close(values[0], 0.310949);
            close(values[1], -0.583195);
            close(values[32], 1.108492);
            close(values[75 * 32 + 16], -0.868410);
            close(values[149 * 32 + 31], 1.170348);
            double sum = 0;
            double absolute = 0;
            for (float value : values) {
                sum += value;
                absolute += Math.abs(value);
            }
            assertThat(sum).isCloseTo(-490.8091, within(2e-3));
            assertThat(absolute).isCloseTo(3931.1262, within(2e-3));
        }
    }

    /** Either key names the table; transformers writes now the one, now the other. */
    @Test
    void takesTheEmbeddingUnderEitherName() throws IOException {
        float[] expected;
        try (TextEncoder encoder = open()) {
            expected = encoder.encode(ids()).toFloats();
        }
        weights.tensors().put("encoder.embed_tokens.weight", weights.tensors().remove("shared.weight"));
        try (TextEncoder encoder = open()) {
            assertThat(encoder.encode(ids()).toFloats()).isEqualTo(expected);
        }
    }

    @Test
    void namesATensorThatIsMissing() {
        weights.tensors().remove("encoder.block.1.layer.1.DenseReluDense.wo.weight");
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(this::open)
                .withMessageContaining("Tensor encoder.block.1.layer.1.DenseReluDense.wo.weight is missing in")
                .withMessageContaining("text_encoder");
    }

    @Test
    void refusesIdsThatCannotBe() throws IOException {
        try (TextEncoder encoder = open()) {
            assertThatIllegalArgumentException().isThrownBy(encoder::encode).withMessageContaining("1 to 512");
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(new int[513]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.encode(60))
                    .withMessageContaining("60");
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(-1));
        }
    }

    private TextEncoder open() throws IOException {
        SyntheticWeights.writeIndex(directory, "text_encoder");
        weights.writeTo(directory.resolve("text_encoder"), CONFIG);
        Checkpoint checkpoint = Checkpoint.open(directory, directory.resolve("cache"));
        return TextEncoder.open(
                checkpoint, Device.CPU, SessionSettings.defaults().threads(1));
    }

    /** The 150 valid ids. */
    private static int[] ids() {
        int[] ids = new int[150];
        for (int j = 0; j < 149; j++) {
            ids[j] = (7 * j * j + 3 * j + 5) % 58 + 2;
        }
        ids[149] = 1;
        return ids;
    }

    private static void close(float found, double expected) {
        assertThat((double) found).isCloseTo(expected, within(4e-6));
    }
}
