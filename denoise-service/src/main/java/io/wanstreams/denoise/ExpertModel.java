package io.wanstreams.denoise;

import io.wanstreams.inference.pipeline.ImageConditioning;
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
     * @param image what the job's image does to each pass
     * @param cancellation ends a pass that is under way, from another thread
     * @throws io.wanstreams.inference.memory.NotEnoughMemoryException if passes of this shape will not fit
     */
    VelocityModel forLatents(LatentShape shape, ImageConditioning image, Cancellation cancellation);

    /** The same transformer on a second device, where there is one; its passes may run while the first one's do. */
    default Optional<VelocityModel> besideForLatents(
            LatentShape shape, ImageConditioning image, Cancellation cancellation) {
        return Optional.empty();
    }

    @Override
    void close();
}
