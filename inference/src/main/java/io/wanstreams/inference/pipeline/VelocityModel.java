package io.wanstreams.inference.pipeline;

/** A transformer, made ready for latents of one shape. */
@FunctionalInterface
public interface VelocityModel {

    /**
     * One pass.
     *
     * @param latents [channels, frames, height, width], normalised; not changed
     * @param timestep 0 … 1000
     * @param text the prompt to go by
     * @return the flow velocity, of the latents' shape
     */
    float[] predict(float[] latents, float timestep, TextRows text);
}
