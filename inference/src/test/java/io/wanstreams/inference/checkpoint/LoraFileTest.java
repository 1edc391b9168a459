package io.wanstreams.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.tensors.SafetensorsWriter;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraFileTest {

    private static final String QUERY = "blocks.0.attn1.to_q.weight";
    private static final Map<String, Shape> MODEL = Map.of(
            QUERY,
            Shape.of(2, 3),
            "blocks.0.attn1.to_q.bias",
            Shape.of(2),
            "blocks.0.scale_shift_table",
            Shape.of(1, 6, 3));

    @TempDir
    Path folder;

    /** Whatever a layer is called, W += strength · alpha / rank · up · down. */
    @ParameterizedTest
    @CsvSource({
        "diffusion_model.blocks.0.self_attn.q.lora_down.weight, diffusion_model.blocks.0.self_attn.q.lora_up.weight",
        "transformer.blocks.0.attn1.to_q.lora_A.weight, transformer.blocks.0.attn1.to_q.lora_B.weight",
        "blocks.0.attn1.to_q.lora_A.default.weight, blocks.0.attn1.to_q.lora_B.default.weight",
        "lora_unet_blocks_0_self_attn_q.lora_down.weight, lora_unet_blocks_0_self_attn_q.lora_up.weight",
        "lora_unet_blocks_0_attn1_to_q.lora_down.weight, lora_unet_blocks_0_attn1_to_q.lora_up.weight",
    })
    void findsTheLayerUnderEveryName(String down, String up) throws IOException {
        Path file = write(Map.of(down, matrix(1, 3, 1, 2, 3), up, matrix(2, 1, 10, 20)));
        float[] merged = merged(file, 0.5, "transformer");
        assertThat(merged).containsExactly(5, 10, 15, 10, 20, 30);
    }

    @Test
    void alphaIsDividedByTheRank() throws IOException {
        Path file = write(Map.of(
                "blocks.0.attn1.to_q.lora_down.weight", matrix(2, 3, 1, 2, 3, 0, 0, 0),
                "blocks.0.attn1.to_q.lora_up.weight", matrix(2, 2, 10, 0, 20, 0),
                "blocks.0.attn1.to_q.alpha", Tensor.of(new float[] {1}, 1)));
        assertThat(merged(file, 1, "transformer")).containsExactly(5, 10, 15, 10, 20, 30);
    }

    /** A file for both experts: each takes its own. */
    @Test
    void theSecondExpertsKeysAreItsOwn() throws IOException {
        Path file = write(Map.of(
                "transformer.blocks.0.attn1.to_q.diff", matrix(2, 3, 1, 1, 1, 1, 1, 1),
                "transformer_2.blocks.0.attn1.to_q.diff", matrix(2, 3, 2, 2, 2, 2, 2, 2)));
        assertThat(merged(file, 1, "transformer")).containsOnly(1);
        assertThat(merged(file, 1, "transformer_2")).containsOnly(2);
    }

    @Test
    void refusesWhatIsForAnotherModelByName() throws IOException {
        String layer = "blocks.0.attn1.to_q";
        refuses(
                Map.of(
                        layer + ".lora_A.weight",
                        matrix(1, 4, 1, 2, 3, 4),
                        layer + ".lora_B.weight",
                        matrix(2, 1, 1, 2)),
                "has up [2,1] and down [1,4] for " + QUERY + ", which is [2,3] in this model");
        refuses(Map.of(layer + ".diff_b", matrix(1, 3, 1, 2, 3)), "has a difference [1,3] for " + layer + ".bias");
        refuses(Map.of(layer + ".lora_B.weight", matrix(2, 1, 1, 2)), "has no lora_down (lora_A) for " + QUERY);
        refuses(Map.of(layer + ".lora_A.weight", matrix(1, 3, 1, 2, 3)), "has no lora_up (lora_B) for " + QUERY);
        refuses(
                Map.of(layer + ".dora_scale", matrix(2, 1, 1, 2), layer + ".diff", matrix(2, 3, 1, 1, 1, 1, 1, 1)),
                "has a DoRA magnitude for " + QUERY);
        refuses(
                Map.of("lora_unet_down_blocks_0.lora_down.weight", matrix(1, 3, 1, 2, 3)),
                "fits nothing in transformer: its tensors are named like lora_unet_down_blocks_0");
        refuses(Map.of(), "named like nothing at all");
    }

    private void refuses(Map<String, Tensor> tensors, String sentence) throws IOException {
        Path file = write(tensors);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> LoraFile.open(file).deltas(MODEL, 1, "transformer"))
                .withMessageStartingWith("LoRA " + file + " ")
                .withMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    /** What is added to a weight of zeros. */
    private float[] merged(Path lora, double strength, String component) throws IOException {
        Delta delta = Objects.requireNonNull(
                LoraFile.open(lora).deltas(MODEL, strength, component).get(QUERY));
        Path base = folder.resolve("base.safetensors");
        Files.write(
                base,
                SafetensorsWriter.of(Map.of("w", matrix(2, 3, 0, 0, 0, 0, 0, 0)))
                        .toBytes());
        StoredTensor zeros =
                Objects.requireNonNull(StoredTensor.of(WeightFiles.open(base)).get("w"));
        float[] found = new float[6];
        delta.merge(zeros, (values, count) -> System.arraycopy(values, 0, found, 0, count));
        return found;
    }

    private static Tensor matrix(int rows, int columns, float... values) {
        return Tensor.of(values, rows, columns);
    }

    private Path write(Map<String, Tensor> tensors) throws IOException {
        return Files.write(
                folder.resolve("lora.safetensors"),
                SafetensorsWriter.of(new TreeMap<>(tensors)).toBytes());
    }
}
