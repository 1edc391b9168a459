package io.wanstreams.denoise;

import io.wanstreams.inference.pipeline.VelocityModel;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.transformer.LatentShape;
import java.util.concurrent.atomic.AtomicInteger;

/** A transformer that pulls every value towards a number that the prompt's first row says. */
final class FakeExpert implements ExpertModel {

    static final ModelFacts FACTS = new ModelFacts(2, 4, 8, 2, 2, 3);

    final AtomicInteger passes = new AtomicInteger();
    volatile Runnable beforePass = () -> {};

    @Override
    public ModelFacts facts() {
        return FACTS;
    }

    @Override
    public VelocityModel forLatents(LatentShape shape, Cancellation cancellation) {
        return (latents, timestep, text) -> {
            passes.incrementAndGet();
            beforePass.run();
            cancellation.check();
            float[] velocity = new float[shape.elements()];
            for (int i = 0; i < velocity.length; i++) {
                velocity[i] = latents[i] * timestep / 1000 - text.floats().get(0);
            }
            return velocity;
        };
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
