package io.wanstreams.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.inference.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

    @TempDir
    Path folder;

    @Test
    void pathsAreRelativeToTheFile() throws IOException {
        ModelFile file = ModelFile.read(
                write(
                        "{'base': 'base', 'weights': {'transformer_2': 'b.gguf'},"
                                + " 'loras': [{'file': '../a.safetensors'}, {'file': 'c', 'strength': -0.5, 'component': 'transformer_2'}]}"));
        assertThat(file.base()).isEqualTo(folder.resolve("base"));
        assertThat(file.weights()).containsOnlyKeys("transformer_2").containsValue(folder.resolve("b.gguf"));
        assertThat(file.loras().get("transformer"))
                .containsExactly(new LoraChoice(folder.resolveSibling("a.safetensors"), 1));
        assertThat(file.loras().get("transformer_2")).containsExactly(new LoraChoice(folder.resolve("c"), -0.5));
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        refuses("{}", "is neither a checkpoint directory nor a model file");
        refuses(
                "{'base': '.', 'weights': {'vae': 'x'}}",
                "names the component \"vae\", expected transformer or transformer_2 or text_encoder");
        refuses("{'base': '.', 'loras': [{'strength': 1}]}", "has no file, expected a string");
        refuses(
                "{'base': '.', 'loras': [{'file': 'x', 'strength': 'much'}]}",
                "has strength = \"much\", expected a number");
        refuses("{'base': '.', 'loras': 7}", "has loras = 7, expected a list of objects");
        refuses("{'base': 'nowhere'}", "nowhere does not exist");
        String oneExpert = GoldenCase.read("ti2v-64x96x9-text")
                .checkpoint()
                .toAbsolutePath()
                .toString();
        refuses(
                "{'base': '" + oneExpert + "', 'loras': [{'file': 'x', 'component': 'transformer_2'}]}",
                "has no transformer_2 that could be changed");
    }

    private void refuses(String json, String sentence) throws IOException {
        Path file = write(json);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(file, folder.resolve("cache")))
                .withMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("model.json"), json.replace('\'', '"'));
    }
}
