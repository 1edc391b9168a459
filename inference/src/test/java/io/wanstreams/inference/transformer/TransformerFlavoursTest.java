package io.wanstreams.inference.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.checkpoint.ReducedWeights;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.graph.KernelTable;
import io.wanstreams.inference.graph.OnnxModel;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Inferred;
import io.wanstreams.inference.session.SessionSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written for GPUs: its operators are those that the providers have, and its arithmetic is the reference's. */
class TransformerFlavoursTest {

    @TempDir
    Path cache;

    @ParameterizedTest
    @CsvSource({
        "t2v-32x48x9, CUDA, FP32",
        "t2v-32x48x9, CUDA, BF16",
        "t2v-32x48x9, CUDA, W8",
        "t2v-32x48x9, TENSORRT, FP32",
        "t2v-32x48x9, TENSORRT, BF16",
        "i2v-48x64x9, CUDA, BF16",
        "i2v-48x64x9, TENSORRT, BF16",
        "ti2v-64x64x9-image, CUDA, BF16",
        "ti2v-64x64x9-image, CUDA, W8",
        "ti2v-64x64x9-image, TENSORRT, BF16",
    })
    void everyOperatorHasAKernel(String name, Flavour.Provider provider, Precision precision) {
        Checkpoint checkpoint = Checkpoint.open(GoldenCase.read(name).checkpoint(), cache);
        WeightSource weights = ReducedWeights.of(precision, checkpoint.weights("transformer"));
        OnnxModel model =
                TransformerGraph.build(checkpoint.transformer(), weights, new Flavour(provider, precision.operands()));
        KernelTable.of(provider).runsAll(model);
        Inferred.byTheRuntime(model);
    }

    /** On a processor, in F32: the operators of the other flavours give the reference's velocity too. */
    @ParameterizedTest
    @CsvSource({
        "t2v-32x48x9, CUDA",
        "t2v-32x48x9, TENSORRT",
        "ti2v-64x64x9-image, CUDA",
        "ti2v-64x64x9-image, TENSORRT",
    })
    void theOperatorsGiveTheReferencesVelocity(String name, Flavour.Provider provider) {
        GoldenCase golden = GoldenCase.read(name);
        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), cache);
        float[] found = velocity(
                golden, checkpoint, checkpoint.weights("transformer"), new Flavour(provider, ElementType.FLOAT));
        double error = GoldenCase.relativeError(found, golden.floats("velocity_cond.0"));
        System.out.printf("golden flavour %s %s velocity %.1e%n", provider, name, error);
        assertThat(error).isLessThanOrEqualTo(1e-5);
    }

    /** The same bytes as for CUDA, with scales and inputs in F32, which the processor's kernel takes. */
    @ParameterizedTest
    @CsvSource({"t2v-32x48x9", "ti2v-64x64x9-image"})
    void weightsInEightBitsAreClose(String name) {
        GoldenCase golden = GoldenCase.read(name);
        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), cache);
        WeightSource weights = ReducedWeights.bytesInFloats(checkpoint.weights("transformer"));
        float[] found = velocity(golden, checkpoint, weights, new Flavour(Flavour.Provider.CUDA, ElementType.FLOAT));
        double error = GoldenCase.relativeError(found, golden.floats("velocity_cond.0"));
        System.out.printf("golden w8 %s velocity %.1e%n", name, error);
        assertThat(error).isBetween(1e-5, 0.03);
    }

    @ParameterizedTest
    @EnumSource(names = {"CUDA", "TENSORRT"})
    void aProviderSaysWhatItDoesNotComputeIn(Flavour.Provider provider) {
        Checkpoint checkpoint = Checkpoint.open(GoldenCase.read("t2v-32x48x9").checkpoint(), cache);
        var weights = checkpoint.weights("transformer");
        assertThat(Precision.AUTO.effective(provider, weights)).isEqualTo(Precision.BF16);
        assertThatThrownBy(() -> Precision.INT8.effective(provider, weights))
                .hasMessageContaining("Precision int8 is not for " + provider);
        if (provider == Flavour.Provider.TENSORRT) {
            assertThatThrownBy(() -> Precision.W8.effective(provider, weights))
                    .hasMessage("Precision w8 is not for TENSORRT, which computes in fp32, bf16.");
        }
    }

    private static float[] velocity(GoldenCase golden, Checkpoint checkpoint, WeightSource weights, Flavour flavour) {
        int[] dims = golden.shape("latents");
        LatentShape shape = new LatentShape(checkpoint.transformer().inChannels(), dims[1], dims[2], dims[3]);
        float timestep = golden.settings().get("timesteps").get(0).floatValue();
        try (Transformer transformer = Transformer.open(
                checkpoint.transformer(),
                weights,
                flavour,
                TransformerSetup.floats(Device.CPU, SessionSettings.defaults()),
                Transformer.TEXT_ROWS)) {
            return golden.conditioning()
                    .of((latents, t, clean, rows) ->
                            transformer.predict(latents, shape, new Timestep(t, clean), rows, new Cancellation()))
                    .predict(golden.floats("noise"), timestep, golden.tensor("prompt_embeds"));
        }
    }
}
