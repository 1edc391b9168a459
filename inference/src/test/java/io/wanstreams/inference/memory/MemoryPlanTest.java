package io.wanstreams.inference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wanstreams.inference.SyntheticWeights;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Timestep;
import io.wanstreams.inference.transformer.Transformer;
import io.wanstreams.inference.transformer.TransformerConfigsTest;
import io.wanstreams.inference.vae.LatentGrid;
import io.wanstreams.inference.vae.SyntheticVae;
import io.wanstreams.inference.vae.VaeDecoder;
import io.wanstreams.inference.vae.VaeEncoder;
import io.wanstreams.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions against what Linux counts; prints both. */
class MemoryPlanTest {
    private static final Path DEMO = Path.of("..", "demo-model");

    @TempDir
    private Path directory = Path.of("");

    /** Its arrays are so large that the C library gives each back as it is freed, so what is resident is what is in use. */
    @Test
    @Tag("slow")
    void predictsAMidSizeTransformer() throws IOException {
        TransformerConfig config =
                new TransformerConfig(10, 128, 1, 2560, 16, 16, 128, 256, List.of(1, 2, 2), true, 1e-6, 1024);
        TransformerConfigsTest.weights(config).writeTo(directory.resolve("transformer"), """
            {"num_attention_heads": 10, "attention_head_dim": 128, "num_layers": 1, "ffn_dim": 2560, "text_dim": 128}\
            """);
        SyntheticWeights.writeIndex(directory, "transformer");
        Checkpoint checkpoint = Checkpoint.open(directory, directory.resolve("cache"));
        LatentShape shape = new LatentShape(16, 7, 60, 64);
        assertThat(measureTransformer(checkpoint, shape, false)).isBetween(0.75, 1.25);
        assertThat(measureTransformer(checkpoint, shape, true)).isBetween(0.75, 1.25);
    }

    /** A quarter of the published width, so that arrays are large and the run short. */
    @Test
    @Tag("slow")
    void predictsAMidSizeAutoencoder() throws IOException {
        Checkpoint vae = SyntheticVae.write(
                        directory,
                        "{\"base_dim\": 24, \"z_dim\": 16, \"num_res_blocks\": 2, \"dim_mult\": [1, 2, 4, 4]}")
                .checkpoint();
        assertThat(measureEncoder(vae, new LatentShape(16, 3, 32, 48))).isBetween(0.5, 1.25);
        assertThat(measureDecoder(vae, new LatentShape(16, 3, 32, 48))).isBetween(0.5, 1.25);
    }

    private static double measureEncoder(Checkpoint checkpoint, LatentShape latents) throws IOException {
        MemoryNeed need = new MemoryPlan(checkpoint).vaeEncoder(latents);
        try (VaeEncoder encoder = VaeEncoder.open(checkpoint, Device.CPU, SessionSettings.defaults())) {
            LatentGrid grid = encoder.grid();
            int height = latents.height() * grid.stride();
            int width = latents.width() * grid.stride();
            return measure(need, () -> {
                float[] frame = new float[3 * height * width];
                encoder.encode(index -> frame, grid.frames(latents.frames()), height, width, new Cancellation());
            });
        }
    }

    /** Small arrays leave holes; the allowance for the process covers them. */
    @Test
    @Tag("slow")
    void theDemoModelStaysWithinItsNeed() throws IOException {
        Checkpoint demo = Checkpoint.open(DEMO, directory.resolve("cache"));
        LatentShape shape = new LatentShape(demo.transformer().inChannels(), 7, 32, 32);
        assertThat(measureTransformer(demo, shape, false)).isBetween(0.3, 2.0);
        assertThat(measureDecoder(demo, new LatentShape(demo.vae().latentChannels(), 2, 32, 32)))
                .isBetween(0.3, 2.0);
    }

    @Test
    void refusesWithTheNumbers() {
        MemoryNeed need = new MemoryPlan(Checkpoint.open(DEMO, directory.resolve("cache")))
                .transformer(Expert.HIGH, new LatentShape(16, 21, 90, 160), false);
        MemoryLimit limit = MemoryLimit.of(Optional.of(1L << 28), Device.CPU);
        assertThatExceptionOfType(NotEnoughMemoryException.class)
                .isThrownBy(() -> limit.check(need))
                .withMessageContaining("transformer needs " + MemoryNeed.gibibytes(need.bytes()))
                .withMessageContaining("[16,21,90,160]")
                .withMessageContaining("wan.memory.limit allows 0.3 GiB");
        assertThatExceptionOfType(NotEnoughMemoryException.class)
                .isThrownBy(() -> limit.checkWeights(need))
                .withMessageContaining("of weights");
        MemoryLimit.of(Optional.of(need.bytes()), Device.CPU).check(need);
    }

    @Test
    void withoutASettingTheMachineIsTheLimitAndAGpuHasNone() {
        assertThat(MemoryLimit.of(Optional.empty(), Device.CPU).bytes()).hasValue(MemoryLimit.machineBytes());
        assertThat(MemoryLimit.of(Optional.empty(), Device.parse("cuda:0")).bytes())
                .isEmpty();
    }

    private static double measureTransformer(Checkpoint checkpoint, LatentShape shape, boolean timestepPerToken)
            throws IOException {
        MemoryNeed need = new MemoryPlan(checkpoint).transformer(Expert.HIGH, shape, timestepPerToken);
        Tensor text = Tensor.of(
                new float[checkpoint.transformer().textDim()],
                1,
                checkpoint.transformer().textDim());
        float[] latents = new float[shape.elements()];
        return measure(need, () -> {
            try (Transformer transformer =
                    Transformer.openHighNoise(checkpoint, Device.CPU, SessionSettings.defaults())) {
                transformer.predict(latents, shape, new Timestep(500, timestepPerToken), text, new Cancellation());
            }
        });
    }

    private static double measureDecoder(Checkpoint checkpoint, LatentShape shape) throws IOException {
        MemoryNeed need = new MemoryPlan(checkpoint).vaeDecoder(shape);
        float[] latents = new float[shape.elements()];
        return measure(need, () -> {
            try (VaeDecoder decoder = VaeDecoder.open(checkpoint, Device.CPU, SessionSettings.defaults())) {
                decoder.decode(latents, shape.frames(), shape.height(), shape.width(), frame -> {}, new Cancellation());
            }
        });
    }

    private static double measure(MemoryNeed need, Runnable run) throws IOException {
        assumeTrue(ResidentMemory.isKnown(), "needs Linux");
        run.run(); // the runtime is loaded, weights are converted
        long before = ResidentMemory.beginPeak();
        run.run();
        long used = ResidentMemory.peak() - before;
        long predicted = need.bytes() - MemoryPlan.PROCESS_BYTES;
        System.out.printf(
                "memory %-12s predicted %6.1f MiB, used %6.1f MiB, %.2f%n",
                need.what(), predicted / 1048576.0, used / 1048576.0, (double) used / predicted);
        return (double) used / predicted;
    }
}
