package io.wanstreams.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.inference.SyntheticWeights;
import io.wanstreams.inference.checkpoint.GgufReaderTest.Gguf;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.umt5.TextEncoder;
import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text encoders of other layouts answer as the same weights in Hugging Face's; names as transformer-and-text.md §3.4, §11.2. */
class TextEncoderLayoutTest {

    private static final String CONFIG = """
            {"vocab_size": 60, "d_model": 32, "d_kv": 8, "num_heads": 4, "d_ff": 48, "num_layers": 2}\
            """;
    private static final int[] IDS = {7, 12, 33, 1};

    private static final Map<String, String> ORIGINAL = Map.of(
            "shared", "token_embedding",
            "encoder.final_layer_norm", "norm",
            "layer.0.layer_norm", "norm1",
            "layer.0.SelfAttention.relative_attention_bias", "pos_embedding.embedding",
            "layer.0.SelfAttention.", "attn.",
            "layer.1.layer_norm", "norm2",
            "layer.1.DenseReluDense.wi_0", "ffn.gate.0",
            "layer.1.DenseReluDense.wi_1", "ffn.fc1",
            "layer.1.DenseReluDense.wo", "ffn.fc2",
            "encoder.block.", "blocks.");

    private static final Map<String, String> GGUF = Map.of(
            "shared", "token_embd",
            "encoder.final_layer_norm", "enc.output_norm",
            "layer.0.layer_norm", "attn_norm",
            "layer.0.SelfAttention.relative_attention_bias", "attn_rel_b",
            "layer.0.SelfAttention.", "attn_",
            "layer.1.layer_norm", "ffn_norm",
            "layer.1.DenseReluDense.wi_0", "ffn_gate",
            "layer.1.DenseReluDense.wi_1", "ffn_up",
            "layer.1.DenseReluDense.wo", "ffn_down",
            "encoder.block.", "enc.blk.");

    @TempDir
    Path folder;

    private final SyntheticWeights weights = new SyntheticWeights();

    @BeforeEach
    void base() throws IOException {
        weights.with("shared.weight", 60, 32).with("encoder.final_layer_norm.weight", 32);
        for (int i = 0; i < 2; i++) {
            String block = "encoder.block." + i + ".layer.";
            weights.with(block + "0.layer_norm.weight", 32).with(block + "1.layer_norm.weight", 32);
            for (char name : "qkvo".toCharArray()) {
                weights.with(block + "0.SelfAttention." + name + ".weight", 32, 32);
            }
            weights.with(block + "0.SelfAttention.relative_attention_bias.weight", 32, 4)
                    .with(block + "1.DenseReluDense.wi_0.weight", 48, 32)
                    .with(block + "1.DenseReluDense.wi_1.weight", 48, 32)
                    .with(block + "1.DenseReluDense.wo.weight", 32, 48);
        }
        SyntheticWeights.writeIndex(folder, "text_encoder");
        weights.writeTo(folder.resolve("text_encoder"), CONFIG);
    }

    @Test
    void originalNames() throws IOException {
        answersAlike(safetensors(name -> renamed(name, ORIGINAL)), 0);
    }

    @Test
    void comfyNamesWithATokenizerBeside() throws IOException {
        Map<String, Tensor> tensors = new TreeMap<>();
        weights.tensors().forEach((name, tensor) -> tensors.put("text_encoders.umt5xxl.transformer." + name, tensor));
        tensors.put("text_encoders.umt5xxl.transformer.spiece_model", Tensor.of(new float[] {1}, 1));
        answersAlike(write(tensors), 0);
    }

    /** Both values of a pair are halves of eight-bit floats; the scale beside them doubles them again. */
    @Test
    void scaledWeights() throws IOException {
        Map<String, Tensor> tensors = new TreeMap<>();
        weights.tensors().forEach((name, tensor) -> {
            if (name.contains(".SelfAttention.q.")) {
                tensors.put(name, halved(tensor));
                tensors.put(name.replace(".weight", ".scale_weight"), Tensor.of(new float[] {2}, 1));
            } else {
                tensors.put(name, tensor);
            }
        });
        tensors.put("scaled_fp8", Tensor.of(new float[] {0}, 1));
        answersAlike(write(tensors), 0);
    }

    @Test
    void ggufOfF16() throws IOException {
        answersAlike(gguf("t5encoder"), 2e-3);
    }

    @Test
    void ggufOfAnotherArchitectureIsRefused() throws IOException {
        Path file = gguf("wan");
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> answer(model(file)))
                .withMessageContaining("it is of the architecture wan, expected t5 or t5encoder")
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    @Test
    void aTransformerIsNoTextEncoder() throws IOException {
        Path file = write(new SyntheticWeights().linear("blocks.0.ffn.0", 4, 4).tensors());
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> answer(model(file)))
                .withMessageContaining("Tensor shared.weight is missing in " + file);
    }

    private void answersAlike(Path file, double tolerance) throws IOException {
        float[] expected = answer(folder);
        float[] found = answer(model(file));
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(found[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference / norm)).isLessThanOrEqualTo(tolerance);
    }

    private float[] answer(Path model) {
        Checkpoint checkpoint = Checkpoint.open(model, folder.resolve("cache"));
        try (TextEncoder encoder = TextEncoder.open(checkpoint, Device.CPU, SessionSettings.defaults())) {
            return encoder.encode(IDS).toFloats();
        }
    }

    private Path model(Path file) throws IOException {
        return Files.writeString(
                folder.resolve("model.json"),
                "{\"base\": \"%s\", \"weights\": {\"text_encoder\": \"%s\"}}".formatted(folder, file));
    }

    private static String renamed(String name, Map<String, String> words) {
        String renamed = name;
        for (String word : words.keySet().stream()
                .sorted((a, b) -> b.length() - a.length())
                .toList()) {
            renamed = renamed.replace(word, words.getOrDefault(word, word));
        }
        return renamed;
    }

    private Path safetensors(UnaryOperator<String> names) throws IOException {
        Map<String, Tensor> tensors = new TreeMap<>();
        weights.tensors().forEach((name, tensor) -> tensors.put(names.apply(name), tensor));
        return write(tensors);
    }

    private Path write(Map<String, Tensor> tensors) throws IOException {
        return Files.write(
                folder.resolve("encoder.safetensors"),
                SafetensorsWriter.of(tensors).toBytes());
    }

    private static Tensor halved(Tensor tensor) {
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] /= 2;
        }
        return Tensor.of(values, tensor.shape().dims());
    }

    /** Matrices as F16, the rest as F32, as llama.cpp writes them. */
    private Path gguf(String architecture) throws IOException {
        Gguf gguf = new Gguf("GGUF", 3, weights.tensors().size(), 1).architecture(architecture);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        weights.tensors().forEach((name, tensor) -> {
            all.writeBytes(new byte[(32 - all.size() % 32) % 32]);
            boolean matrix = tensor.shape().rank() == 2;
            gguf.tensor(
                    renamed(name, GGUF),
                    matrix ? 1 : 0,
                    all.size(),
                    reversed(tensor.shape().dims()));
            all.writeBytes(matrix ? halves(tensor.toFloats()) : floats(tensor.toFloats()));
        });
        return Files.write(
                folder.resolve("encoder.gguf"), gguf.data(all.toByteArray()).toBytes());
    }

    private static long[] reversed(long[] dims) {
        long[] reversed = new long[dims.length];
        for (int i = 0; i < dims.length; i++) {
            reversed[i] = dims[dims.length - 1 - i];
        }
        return reversed;
    }

    private static byte[] floats(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** Normal numbers only, mantissa cut off. */
    private static byte[] halves(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            int bits = Float.floatToIntBits(value);
            int exponent = (bits >>> 23 & 0xff) - 112;
            int magnitude = exponent <= 0 ? 0 : (exponent << 10) + ((bits >>> 13) & 0x3ff);
            bytes.putShort((short) (((bits >>> 16) & 0x8000) + magnitude));
        }
        return bytes.array();
    }
}
