package io.wanstreams.inference.pipeline;

import io.wanstreams.tensors.Tensor;

/** A transformer, made ready for latents of one shape. */
@FunctionalInterface
public interface VelocityModel {

    /**
     * One pass.
     *
     * @param latents [channels, frames, height, width], normalised; not changed
     * @param timestep 0 … 1000
     * @param text the encoded prompt to go by, F32 [tokens, width], without the zeros after its end
     * @return the flow velocity, of the latents' shape
     */
    float[] predict(float[] latents, float timestep, Tensor text);
}
