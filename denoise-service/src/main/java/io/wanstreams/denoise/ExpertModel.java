package io.wanstreams.denoise;

import io.wanstreams.inference.pipeline.VelocityModel;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.transformer.LatentShape;

/** One loaded transformer on its device. For one thread at a time. */
interface ExpertModel extends AutoCloseable {

    ModelFacts facts();

    /**
     * The transformer for latents of this shape.
     *
     * @param cancellation ends a pass that is under way, from another thread
     */
    VelocityModel forLatents(LatentShape shape, Cancellation cancellation);

    @Override
    void close();
}
