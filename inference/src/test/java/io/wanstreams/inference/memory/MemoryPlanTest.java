package io.wanstreams.inference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wanstreams.inference.SyntheticWeights;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.TransformerConfigsTest;
import io.wanstreams.inference.vae.SyntheticVae;
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
    void predictsAMidSizeTransformer() throws Exception {
        TransformerConfig config =
                new TransformerConfig(10, 128, 1, 2560, 16, 16, 128, 256, List.of(1, 2, 2), true, 1e-6, 1024);
        TransformerConfigsTest.weights(config).writeTo(directory.resolve("transformer"), """
            {"num_attention_heads": 10, "attention_head_dim": 128, "num_layers": 1, "ffn_dim": 2560, "text_dim": 128}\
            """);
        SyntheticWeights.writeIndex(directory, "transformer");
        LatentShape shape = new LatentShape(16, 7, 60, 64);
        assertThat(measure(directory, MemoryProbe.Network.TRANSFORMER, shape)).isBetween(0.75, 1.25);
        assertThat(measure(directory, MemoryProbe.Network.TRANSFORMER_WITH_IMAGE, shape))
                .isBetween(0.75, 1.25);
    }

    /** A quarter of the published width, so that arrays are large and the run short. */
    @Test
    @Tag("slow")
    void predictsAMidSizeAutoencoder() throws Exception {
        SyntheticVae.write(
                directory, "{\"base_dim\": 24, \"z_dim\": 16, \"num_res_blocks\": 2, \"dim_mult\": [1, 2, 4, 4]}");
        LatentShape shape = new LatentShape(16, 3, 32, 48);
        assertThat(measure(directory, MemoryProbe.Network.ENCODER, shape)).isBetween(0.75, 1.25);
        assertThat(measure(directory, MemoryProbe.Network.DECODER, shape)).isBetween(0.75, 1.25);
    }

    /** Small arrays leave holes; the allowance for the process, which the prediction here leaves out, covers them. */
    @Test
    @Tag("slow")
    void theDemoModelStaysWithinItsNeed() throws Exception {
        Checkpoint demo = Checkpoint.open(DEMO, directory.resolve("cache"));
        LatentShape shape = new LatentShape(demo.transformer().inChannels(), 7, 32, 32);
        assertThat(measure(DEMO, MemoryProbe.Network.TRANSFORMER, shape)).isBetween(0.3, 4.0);
        LatentShape latents = new LatentShape(demo.vae().latentChannels(), 2, 32, 32);
        assertThat(measure(DEMO, MemoryProbe.Network.DECODER, latents)).isBetween(0.3, 4.0);
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

    /** In a process of its own: one that has computed before holds memory that this run would then find free. */
    private double measure(Path model, MemoryProbe.Network network, LatentShape shape) throws Exception {
        assumeTrue(ResidentMemory.isKnown(), "needs Linux");
        Path cache = directory.resolve("cache");
        MemoryNeed need = network.need(new MemoryPlan(Checkpoint.open(model, cache)), shape);
        long used = MemoryProbe.run(model, cache, network, shape);
        long predicted = need.bytes() - MemoryPlan.PROCESS_BYTES;
        System.out.printf(
                "memory %-22s predicted %6.1f MiB, used %6.1f MiB, %.2f%n",
                network, predicted / 1048576.0, used / 1048576.0, (double) used / predicted);
        return (double) used / predicted;
    }
}
