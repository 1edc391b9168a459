package io.wanstreams.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.tensors.SafetensorsFile;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./wan generate} with reference checkpoints against what Diffusers made of them. */
class GenerateIT {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void latentsAndFramesAreThoseOfTheReference() throws Exception {
        GoldenRun run = new GoldenRun("t2v-32x48x9", directory);

        WanProcess generate = run.check();

        assertThat(generate.printed())
                .contains("sum of compute")
                .contains("pipeline added")
                .contains(run.video().toString());
    }

    /** A mask and an encoded clip as further channels of both experts. */
    @Tag("slow")
    @Test
    void aVideoBetweenTwoImagesIsThatOfTheReference() throws Exception {
        new GoldenRun("i2v-32x32x13-first-last", directory)
                .check("--image", image("i2v-image.png"), "--last-image", image("i2v-last.png"));
    }

    /** The first frame's tokens are told timestep 0, and its latents are the image's. */
    @Tag("slow")
    @Test
    void aVideoThatBeginsWithAnImageIsThatOfTheReference() throws Exception {
        GoldenRun run = new GoldenRun("ti2v-64x64x9-image", directory);

        run.check("--image", image("i2v-last.png"));

        Tensor latents = run.latents();
        Tensor first = run.expected("condition");
        int channels = (int) latents.shape().dim(0);
        int positions = (int) (latents.shape().dim(2) * latents.shape().dim(3));
        int frames = (int) latents.shape().dim(1);
        float[] found = new float[channels * positions];
        for (int channel = 0; channel < channels; channel++) {
            latents.floats().get(channel * frames * positions, found, channel * positions, positions);
        }
        assertThat(GoldenRun.relativeDistance(Tensor.of(found, first.shape().dims()), first))
                .isLessThan(1e-5);
    }

    /**
     * After a single step without guidance UniPC's result is x0 = noise − σ v, so the latents tell the velocity, which
     * Diffusers has recorded for this LoRA ({@code golden/extra}).
     */
    @Tag("slow")
    @Test
    void aLoraChangesWhatTheExpertAnswersAsInTheReference() throws Exception {
        GoldenRun run = new GoldenRun("t2v-32x48x9", directory);
        String lora = Root.GOLDEN.resolve("extra/lora-lightning.safetensors").toString();

        run.run(1, "1.0", "--lora", lora + "=0.8");

        float[] noise = run.expected("noise").toFloats();
        float[] latents = run.latents().toFloats();
        float[] velocity = new float[noise.length];
        for (int i = 0; i < velocity.length; i++) {
            velocity[i] = (noise[i] - latents[i]) / SIGMA_0;
        }
        Tensor expected = SafetensorsFile.open(
                        Root.GOLDEN.resolve("extra/velocity.safetensors"), SafetensorsLimits.CHECKPOINT)
                .tensor("lora-lightning");
        assertThat(GoldenRun.relativeDistance(
                        Tensor.of(velocity, expected.shape().dims()), expected))
                .isLessThan(1e-5);
        assertThat(GoldenRun.relativeDistance(
                        Tensor.of(velocity, expected.shape().dims()), run.expected("velocity_cond.0")))
                .as("the LoRA matters")
                .isGreaterThan(1e-2);
    }

    /** Of Diffusers' grid: 1 less 1e-6 (transformer-and-text.md §8.2). */
    private static final float SIGMA_0 = 0.999999f;

    private static String image(String name) {
        return Root.GOLDEN.resolve(name).toString();
    }
}
