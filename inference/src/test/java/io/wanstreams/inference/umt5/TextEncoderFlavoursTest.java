package io.wanstreams.inference.umt5;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.checkpoint.ReducedWeights;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.graph.KernelTable;
import io.wanstreams.inference.graph.OnnxModel;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.Inferred;
import io.wanstreams.inference.session.SessionSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEncoderFlavoursTest {

    @TempDir
    Path cache;

    /** The second checkpoint's encoder is stored in BF16, so its matrices are used where they lie. */
    @ParameterizedTest
    @CsvSource({"t2v-32x48x9, CUDA", "t2v-32x48x9, TENSORRT", "ti2v-64x96x9-text, CUDA", "ti2v-64x96x9-text, TENSORRT"})
    void everyOperatorHasAKernel(String name, Flavour.Provider provider) {
        Checkpoint checkpoint = Checkpoint.open(GoldenCase.read(name).checkpoint(), cache);
        OnnxModel model = TextEncoderGraph.build(
                checkpoint.textEncoder(),
                ReducedWeights.of(Precision.BF16, checkpoint.weights("text_encoder")),
                new Flavour(provider, ElementType.BFLOAT16));
        KernelTable.of(provider).runsAll(model);
        Inferred.byTheRuntime(model);
    }

    @ParameterizedTest
    @CsvSource({"t2v-32x48x9, CUDA", "t2v-32x48x9, TENSORRT"})
    void theOperatorsGiveTheReferencesRows(String name, Flavour.Provider provider) {
        GoldenCase golden = GoldenCase.read(name);
        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), cache);
        try (TextEncoder encoder = TextEncoder.open(
                checkpoint.textEncoder(),
                checkpoint.weights("text_encoder"),
                new Flavour(provider, ElementType.FLOAT),
                Device.CPU,
                SessionSettings.defaults())) {
            float[] found = encoder.encode(golden.ids("prompt_ids")).toFloats();
            assertThat(GoldenCase.relativeError(found, golden.floats("prompt_embeds")))
                    .isLessThanOrEqualTo(1e-5);
        }
    }
}
