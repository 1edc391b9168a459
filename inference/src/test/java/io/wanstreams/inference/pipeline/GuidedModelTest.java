package io.wanstreams.inference.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanstreams.inference.GoldenCase;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.scheduler.Guidance;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Timestep;
import io.wanstreams.inference.transformer.Transformer;
import io.wanstreams.tensors.Tensor;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The passes with and without the prompt on two devices. */
class GuidedModelTest {
    private static final Tensor PROMPT = Tensor.of(new float[] {1}, 1, 1);
    private static final Tensor NEGATIVE = Tensor.of(new float[] {-1}, 1, 1);
    private static final float[] LATENTS = {1, 2};

    @TempDir
    private Path cache = Path.of("");

    /** Two sessions on the processor stand for two devices: the same bits as one session after the other. */
    @Test
    void twoSessionsGiveTheBitsOfOne() {
        GoldenCase golden = GoldenCase.read("t2v-32x48x9");
        Checkpoint checkpoint = Checkpoint.open(golden.checkpoint(), cache);
        int[] dims = golden.shape("noise");
        LatentShape shape = new LatentShape(dims[0], dims[1], dims[2], dims[3]);
        SessionSettings settings = SessionSettings.defaults();
        try (Transformer first = Transformer.openHighNoise(checkpoint, Device.CPU, settings);
                Transformer second = Transformer.openHighNoise(checkpoint, Device.CPU, settings)) {
            Tensor positive = golden.tensor("prompt_embeds");
            Tensor negative = golden.tensor("negative_embeds");
            Guidance guidance = new Guidance(4);
            float[] noise = golden.floats("noise");
            float[] alone = new GuidedModel(on(first, shape), guidance, positive, negative).velocity(noise, 937);
            float[] both = new GuidedModel(on(first, shape), on(second, shape), guidance, positive, negative)
                    .velocity(noise, 937);
            assertThat(both).containsExactly(alone);
        }
    }

    @Test
    void bothPassesRunAtTheSameTime() {
        CountDownLatch inside = new CountDownLatch(2);
        VelocityModel meeting = (latents, timestep, text) -> {
            inside.countDown();
            try {
                assertThat(inside.await(10, TimeUnit.SECONDS))
                        .as("the other pass has begun")
                        .isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return latents;
        };
        GuidedModel model = new GuidedModel(meeting, meeting, new Guidance(3), PROMPT, NEGATIVE);
        assertThat(model.velocity(LATENTS, 1)).containsExactly(LATENTS);
    }

    @Test
    void aFailureOfEitherPassIsTheCallersAndLeavesNothingRunning() {
        VelocityModel fine = (latents, timestep, text) -> latents;
        VelocityModel broken = (latents, timestep, text) -> {
            throw new IllegalArgumentException("broken");
        };
        for (GuidedModel model : new GuidedModel[] {
            new GuidedModel(broken, fine, new Guidance(3), PROMPT, NEGATIVE),
            new GuidedModel(fine, broken, new Guidance(3), PROMPT, NEGATIVE)
        }) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> model.velocity(LATENTS, 1))
                    .withMessage("broken");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("wan-guidance"));
    }

    @Test
    void aScaleOfOneLeavesTheSecondDeviceIdle() {
        VelocityModel idle = (latents, timestep, text) -> {
            throw new IllegalStateException("asked");
        };
        GuidedModel model =
                new GuidedModel((latents, timestep, text) -> latents, idle, new Guidance(1), PROMPT, NEGATIVE);
        assertThat(model.velocity(LATENTS, 1)).containsExactly(LATENTS);
    }

    private static VelocityModel on(Transformer transformer, LatentShape shape) {
        return (latents, timestep, text) ->
                transformer.predict(latents, shape, Timestep.of(timestep), text, new Cancellation());
    }
}
