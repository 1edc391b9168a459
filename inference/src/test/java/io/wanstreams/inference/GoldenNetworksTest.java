package io.wanstreams.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Timestep;
import io.wanstreams.inference.transformer.Transformer;
import io.wanstreams.inference.umt5.TextEncoder;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text embeddings and first velocities against Diffusers and Transformers (golden/README.md); prints the errors. */
class GoldenNetworksTest {
    private static final double TOLERANCE = 1e-5;

    @TempDir
    static Path cache;

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.GoldenCase#all")
    void encodesTheReferencesText(GoldenCase golden) {
        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), cache);
        try (TextEncoder encoder = TextEncoder.open(checkpoint, Device.CPU, SessionSettings.defaults())) {
            for (String which : new String[] {"prompt", "negative"}) {
                if (golden.has(which + "_ids")) {
                    Tensor rows = encoder.encode(
                            Arrays.stream(golden.tensor(which + "_ids").toLongs())
                                    .mapToInt(Math::toIntExact)
                                    .toArray());
                    report("umt5", golden + " " + which, rows.toFloats(), golden.tensor(which + "_embeds"));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.GoldenCase#all")
    void predictsTheReferencesFirstVelocity(GoldenCase golden) {
        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), cache);
        Tensor noise = golden.tensor("noise");
        float timestep = golden.settings().get("timesteps").get(0).floatValue();
        try (Transformer transformer = Transformer.openHighNoise(checkpoint, Device.CPU, SessionSettings.defaults())) {
            for (String which : new String[] {"cond", "uncond"}) {
                if (golden.has("velocity_" + which + ".0")) {
                    Tensor text = golden.tensor(which.equals("cond") ? "prompt_embeds" : "negative_embeds");
                    float[] velocity = golden.conditioning()
                            .of((latents, t, clean, rows) -> transformer.predict(
                                    latents,
                                    shape(transformer.config().inChannels(), noise.shape()),
                                    new Timestep(t, clean),
                                    rows,
                                    new Cancellation()))
                            .predict(noise.toFloats(), timestep, text);
                    report("transformer", golden + " " + which, velocity, golden.tensor("velocity_" + which + ".0"));
                }
            }
        }
    }

    private static LatentShape shape(int channels, Shape shape) {
        return new LatentShape(channels, (int) shape.dim(1), (int) shape.dim(2), (int) shape.dim(3));
    }

    private static void report(String network, String what, float[] found, Tensor expected) {
        double error = GoldenCase.relativeError(found, expected.toFloats());
        System.out.printf("golden %-12s %-30s relative L2 %.2e%n", network, what, error);
        assertThat(error).as(what).isLessThanOrEqualTo(TOLERANCE);
    }
}
