package io.wanstreams.denoise;

import io.wanstreams.inference.pipeline.VelocityModel;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.transformer.LatentShape;
import java.util.Optional;

/** One loaded transformer on its device or devices. For one job at a time. */
interface ExpertModel extends AutoCloseable {

    ModelFacts facts();

    /**
     * The transformer for latents of this shape.
     *
     * @param cancellation ends a pass that is under way, from another thread
     * @throws io.wanstreams.inference.memory.NotEnoughMemoryException if passes of this shape will not fit
     */
    VelocityModel forLatents(LatentShape shape, Cancellation cancellation);

    /** The same transformer on a second device, where there is one; its passes may run while the first one's do. */
    default Optional<VelocityModel> besideForLatents(LatentShape shape, Cancellation cancellation) {
        return Optional.empty();
    }

    @Override
    void close();
}
