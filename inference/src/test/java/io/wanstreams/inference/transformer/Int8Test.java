package io.wanstreams.inference.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.checkpoint.Processor;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Int8Test {

    @TempDir
    Path cache;

    @ParameterizedTest
    @CsvSource({"t2v-32x48x9", "ti2v-64x96x9-text"})
    void theFirstVelocityIsCloseAndTheConversionIsMadeOnce(String name) throws IOException {
        GoldenCase golden = GoldenCase.read(name);
        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), cache);

        float[] found = velocity(golden, checkpoint, Precision.INT8);

        double error = GoldenCase.relativeError(found, golden.floats("velocity_cond.0"));
        System.out.printf("golden int8 %s velocity %.1e%n", name, error);
        assertThat(error).isBetween(1e-5, 0.05);
        List<Path> made = converted();
        assertThat(made).hasSize(1);
        Object time = Files.getLastModifiedTime(made.get(0));
        assertThat(velocity(golden, checkpoint, Precision.INT8)).containsExactly(found);
        assertThat(Files.getLastModifiedTime(made.get(0))).isEqualTo(time);
    }

    @Test
    void autoLooksAtMemoryAndProcessor() {
        Processor old = new Processor(100, false);
        Processor newer = new Processor(100, true);
        assertThat(Precision.AUTO.effective(80, newer)).isEqualTo(Precision.FP32);
        assertThat(Precision.AUTO.effective(81, newer)).isEqualTo(Precision.INT8);
        assertThat(Precision.AUTO.effective(1000, old)).isEqualTo(Precision.FP32);
        assertThat(Precision.INT8.effective(1, old)).isEqualTo(Precision.INT8);
        assertThat(Precision.FP32.effective(1000, newer)).isEqualTo(Precision.FP32);
        assertThatThrownBy(() -> Precision.BF16.effective(1, newer)).hasMessageContaining("bf16 is for GPUs");
        assertThatThrownBy(() -> Precision.W8.effective(1, newer)).hasMessageContaining("w8 is for GPUs");
    }

    private static float[] velocity(GoldenCase golden, Checkpoint checkpoint, Precision precision) {
        int[] dims = golden.shape("latents");
        try (Transformer transformer = Transformer.openHighNoise(
                checkpoint,
                TransformerSetup.floats(Device.CPU, SessionSettings.defaults()).precision(precision))) {
            return transformer.predict(
                    golden.floats("noise"),
                    new LatentShape(dims[0], dims[1], dims[2], dims[3]),
                    Timestep.of(golden.settings().get("timesteps").get(0).floatValue()),
                    golden.tensor("prompt_embeds"),
                    new Cancellation());
        }
    }

    private List<Path> converted() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().contains(".int8.")).toList();
        }
    }
}
