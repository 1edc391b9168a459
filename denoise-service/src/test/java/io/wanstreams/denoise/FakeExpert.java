package io.wanstreams.denoise;

import io.wanstreams.inference.pipeline.ImageConditioning;
import io.wanstreams.inference.pipeline.VelocityModel;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.transformer.LatentShape;
import java.util.concurrent.atomic.AtomicInteger;

/** A transformer that pulls every value towards a number that the prompt's first row says, or an image's channels. */
final class FakeExpert implements ExpertModel {

    static final ModelFacts FACTS = new ModelFacts(2, 4, 8, 2, 2, 3, 1000);

    final AtomicInteger passes = new AtomicInteger();
    volatile Runnable beforePass = () -> {};

    @Override
    public ModelFacts facts() {
        return FACTS;
    }

    @Override
    public VelocityModel forLatents(LatentShape shape, ImageConditioning image, Cancellation cancellation) {
        return image.of((latents, timestep, cleanFirstFrame, text) -> {
            passes.incrementAndGet();
            beforePass.run();
            cancellation.check();
            float[] velocity = new float[shape.elements()];
            for (int i = 0; i < velocity.length; i++) {
                float target =
                        latents.length == shape.elements() ? text.floats().get(0) : latents[shape.elements() + i];
                velocity[i] = latents[i] * timestep / 1000 - target;
            }
            return velocity;
        });
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
