package io.wanstreams.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.inference.ExtraGolden;
import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Timestep;
import io.wanstreams.inference.transformer.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LoRAs and other layouts against what the reference answers with them; prints the errors. */
class DerivedModelGoldenTest {

    private static final GoldenCase GOLDEN = GoldenCase.read("t2v-32x48x9");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "single-original, single-original.safetensors",
        "single-comfy-fp8, single-comfy-fp8.safetensors",
        "single-q8_0, single-q8_0.gguf"
    })
    void otherLayoutsAnswerAsTheReferenceDoes(String expected, String file) throws IOException {
        check(expected, "'weights': {'transformer': '%s'}".formatted(absolute(file)));
    }

    @ParameterizedTest
    @CsvSource({"lora-lightning", "lora-peft", "lora-kohya-diff"})
    void lorasAnswerAsTheReferenceDoes(String name) throws IOException {
        check(
                name,
                "'loras': [{'file': '%s', 'strength': 0.8, 'component': 'transformer'}]"
                        .formatted(absolute(name + ".safetensors")));
    }

    /** Twice the half is the whole; and a second start makes nothing anew. */
    @Test
    void lorasAddUpAndAreMergedOnce() throws IOException {
        String half = "{'file': '%s', 'strength': 0.4}".formatted(absolute("lora-peft.safetensors"));
        check("lora-peft", "'loras': [" + half + ", " + half + "]");
        long files = cached();
        check("lora-peft", "'loras': [" + half + ", " + half + "]");
        assertThat(cached()).isEqualTo(files);
    }

    @Test
    void aLoraOfAnotherModelIsRefusedInOneSentence() throws IOException {
        Path file = model("'loras': [{'file': '%s'}]".formatted(absolute("single-original.safetensors")));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(file, cache()).weights("transformer"))
                .withMessageContaining("fits nothing in transformer")
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
        Path ti2v = GoldenCase.read("ti2v-64x96x9-text").checkpoint().toAbsolutePath();
        Path other = Files.writeString(
                folder.resolve("other.json"),
                "{\"base\": \"%s\", \"loras\": [{\"file\": \"%s\"}]}"
                        .formatted(ti2v, absolute("lora-lightning.safetensors")));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(other, cache()).weights("transformer"))
                .withMessageContaining("in this model; it is for another one");
    }

    private void check(String expected, String changes) throws IOException {
        Path file = model(changes);
        int[] dims = GOLDEN.shape("latents");
        float[] found;
        try (Transformer transformer =
                Transformer.openHighNoise(Checkpoint.open(file, cache()), Device.CPU, SessionSettings.defaults())) {
            found = transformer.predict(
                    GOLDEN.floats("noise"),
                    new LatentShape(dims[0], dims[1], dims[2], dims[3]),
                    Timestep.of(999),
                    GOLDEN.tensor("prompt_embeds"),
                    new Cancellation());
        }
        double error =
                GoldenCase.relativeError(found, ExtraGolden.read("velocity").floats(expected));
        System.out.printf("golden derived %-18s velocity %.1e%n", expected, error);
        assertThat(error).isLessThanOrEqualTo(1e-5);
    }

    private Path model(String changes) throws IOException {
        String json = "{'base': '%s', %s}".formatted(GOLDEN.checkpoint().toAbsolutePath(), changes);
        return Files.writeString(folder.resolve("model.json"), json.replace('\'', '"'));
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private long cached() throws IOException {
        try (var files = Files.list(cache())) {
            return files.count();
        }
    }

    private static Path absolute(String file) {
        return ExtraGolden.file(file).toAbsolutePath();
    }
}
