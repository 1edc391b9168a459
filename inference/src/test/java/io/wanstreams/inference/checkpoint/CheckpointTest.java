package io.wanstreams.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
    private static final String INDEX = """
            {"_class_name": "WanPipeline", "boundary_ratio": 0.875, "expand_timesteps": true,
             "transformer": ["diffusers", "WanTransformer3DModel"],
             "transformer_2": ["diffusers", "WanTransformer3DModel"],
             "image_encoder": [null, null], "vae": ["diffusers", "AutoencoderKLWan"],
             "text_encoder": ["transformers", "UMT5EncoderModel"],
             "scheduler": ["diffusers", "UniPCMultistepScheduler"]}""";

    @TempDir
    Path directory;

    @Test
    void readsTheIndex() throws IOException {
        ModelIndex index = open(INDEX).index();
        assertThat(index.boundaryRatio()).hasValue(0.875);
        assertThat(index.expandTimesteps()).isTrue();
        assertThat(index.hasTwoExperts()).isTrue();
        assertThat(index.components()).containsKey("vae").doesNotContainKey("image_encoder");
    }

    @Test
    void hasNoBoundaryWithOneTransformer() throws IOException {
        String index = INDEX.replace(
                "\"transformer_2\": [\"diffusers\", \"WanTransformer3DModel\"]", "\"transformer_2\": [null, null]");
        Checkpoint checkpoint = open(index.replace("0.875", "null"));
        assertThat(checkpoint.index().boundaryRatio()).isEmpty();
        refuses(checkpoint::transformer2, "model_index.json names no transformer_2");
    }

    /** transformer-and-text.md §2, §3.3 and vae.md §1: what the published models have where a file is silent. */
    @Test
    void takesTheFamilysDefaults() throws IOException {
        Checkpoint checkpoint = open(INDEX);
        for (String component : List.of("transformer", "vae", "text_encoder")) {
            write(component + "/config.json", "{\"patch_size\": null}");
        }
        write("scheduler/scheduler_config.json", "{}");
        assertThat(checkpoint.transformer())
                .isEqualTo(new TransformerConfig(
                        40, 128, 40, 13824, 16, 16, 4096, 256, List.of(1, 2, 2), true, 1e-6, 1024));
        assertThat(checkpoint.textEncoder())
                .isEqualTo(new TextEncoderConfig(256384, 4096, 64, 64, 10240, 24, 32, 128, 1e-6));
        VaeConfig vae = checkpoint.vae();
        assertThat(vae.decoderBaseWidth()).isEqualTo(96);
        assertThat(vae.patch()).isEqualTo(1);
        assertThat(vae.temporalDownsample()).containsExactly(false, true, true);
        assertThat(vae.latentsStd()).startsWith(2.8184).hasSize(16);
        assertThat(checkpoint.scheduler()).isEqualTo(new SchedulerConfig(3.0, 2, 1000, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'_class_name': 'FluxPipeline'} | names the pipeline class FluxPipeline, supported are WanPipeline
            {'a': 1} | names the pipeline class (none)
            {'_class_name': 'WanPipeline', 'vae': ['diffusers', 'AutoencoderKL']} | the class AutoencoderKL for vae, supported is AutoencoderKLWan
            {'_class_name': 'WanPipeline', 'transformer_2': ['d', 'WanTransformer3DModel']} | a transformer_2 but no boundary_ratio
            {'_class_name': 'WanPipeline', 'boundary_ratio': 2} | boundary_ratio 2.0, expected 0 to 1
            {'_class_name': 7} | has _class_name = 7, expected a string
            {'_class_name' | is not valid JSON
            {'a': 1, 'a': 2} | is not valid JSON
            {} {} | is not valid JSON
            [] | holds no JSON object
            """)
    void refusesAnIndexWithOneSentence(String index, String sentence) {
        refuses(() -> open(index.replace('\'', '"')), sentence);
        refuses(() -> open(index.replace('\'', '"')), "model_index.json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'num_layers': -1} | has num_layers = -1, expected a whole number from 1
            {'num_layers': 2.5} | has num_layers = 2.5
            {'eps': 'x'} | has eps = "x", expected a number
            {'patch_size': [1, 2]} | patch_size must be three numbers
            {'patch_size': [1, 0, 2]} | has patch_size = [1,0,2]
            {'qk_norm': 'layer_norm'} | has qk_norm "layer_norm", supported are [rms_norm_across_heads]
            {'attention_head_dim': 5} | attention_head_dim must be even
            {'num_attention_heads': 1073741824, 'attention_head_dim': 128} | overflow
            """)
    void refusesAConfigWithOneSentence(String config, String sentence) throws IOException {
        Checkpoint checkpoint = open(INDEX);
        write("transformer/config.json", config.replace('\'', '"'));
        refuses(checkpoint::transformer, sentence);
        refuses(checkpoint::transformer, "config.json");
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        refuses(() -> Checkpoint.open(directory.resolve("none"), directory), "none does not exist");
        refuses(() -> Checkpoint.open(directory, directory), "model_index.json is missing");
        refuses(open(INDEX)::vae, "config.json is missing");
        refuses(() -> open(INDEX).weights("vae"), "is missing; model_index.json names this component");
    }

    private Checkpoint open(String index) throws IOException {
        write("model_index.json", index);
        return Checkpoint.open(directory, directory.resolve("cache"));
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void refuses(ThrowingCallable opening, String sentence) {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(opening)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
                .withMessageContaining(sentence);
    }
}
