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
import io.wanstreams.inference.vae.VaeDecoder;
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

    @Test
    @Tag("slow")
    void predictsAMidSizeTransformer() throws IOException {
        TransformerConfig config =
                new TransformerConfig(8, 64, 4, 2048, 16, 16, 128, 256, List.of(1, 2, 2), true, 1e-6, 1024);
        TransformerConfigsTest.weights(config).writeTo(directory.resolve("transformer"), """
                {"num_attention_heads": 8, "attention_head_dim": 64, "num_layers": 4, "ffn_dim": 2048, "text_dim": 128}""");
        SyntheticWeights.writeIndex(directory, "transformer");
        measureTransformer(
                Checkpoint.open(directory, directory.resolve("cache")), new LatentShape(16, 9, 60, 80), false);
        measureTransformer(
                Checkpoint.open(directory, directory.resolve("cache")), new LatentShape(16, 9, 60, 80), true);
    }

    @Test
    @Tag("slow")
    void predictsTheDemoModel() throws IOException {
        Checkpoint demo = Checkpoint.open(DEMO, directory.resolve("cache"));
        measureTransformer(demo, new LatentShape(demo.transformer().inChannels(), 7, 64, 64), false);
        measureDecoder(demo, new LatentShape(demo.vae().latentChannels(), 2, 64, 64));
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

    private static void measureTransformer(Checkpoint checkpoint, LatentShape shape, boolean timestepPerToken)
            throws IOException {
        MemoryNeed need = new MemoryPlan(checkpoint).transformer(Expert.HIGH, shape, timestepPerToken);
        Tensor text = Tensor.of(
                new float[checkpoint.transformer().textDim()],
                1,
                checkpoint.transformer().textDim());
        float[] latents = new float[shape.elements()];
        measure(need, () -> {
            try (Transformer transformer =
                    Transformer.openHighNoise(checkpoint, Device.CPU, SessionSettings.defaults())) {
                transformer.predict(latents, shape, new Timestep(500, timestepPerToken), text, new Cancellation());
            }
        });
    }

    private static void measureDecoder(Checkpoint checkpoint, LatentShape shape) throws IOException {
        MemoryNeed need = new MemoryPlan(checkpoint).vaeDecoder(shape);
        float[] latents = new float[shape.elements()];
        measure(need, () -> {
            try (VaeDecoder decoder = VaeDecoder.open(checkpoint, Device.CPU, SessionSettings.defaults())) {
                decoder.decode(latents, shape.frames(), shape.height(), shape.width(), frame -> {}, new Cancellation());
            }
        });
    }

    private static void measure(MemoryNeed need, Runnable run) throws IOException {
        assumeTrue(ResidentMemory.isKnown(), "needs Linux");
        run.run(); // the runtime is loaded, weights are converted
        long before = ResidentMemory.beginPeak();
        run.run();
        long used = ResidentMemory.peak() - before;
        long predicted = need.bytes() - MemoryPlan.PROCESS_BYTES;
        System.out.printf(
                "memory %-12s predicted %6.1f MiB, used %6.1f MiB, %.2f%n",
                need.what(), predicted / 1048576.0, used / 1048576.0, (double) used / predicted);
        assertThat((double) used / predicted).as(need.task()).isBetween(0.75, 1.25);
    }
}
