package io.wanstreams.inference.pipeline;

import io.wanstreams.inference.scheduler.Guidance;
import io.wanstreams.tensors.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An expert with all it needs for its steps of one job.
 *
 * @param positive the encoded prompt, F32 [tokens, width]
 * @param negative the negative prompt; null only if the guidance needs none
 */
public record GuidedModel(
        VelocityModel model,
        Guidance guidance,
        Tensor positive,
        @Nullable Tensor negative) {

    public GuidedModel {
        if (guidance.needsNegative() && negative == null) {
            throw new IllegalArgumentException(
                    "A guidance scale of " + guidance.scale() + " needs an encoded negative prompt, found none.");
        }
    }

    /** The guided velocity: two passes, or one where the scale makes the second idle. */
    float[] velocity(float[] latents, float timestep) {
        float[] with = model.predict(latents, timestep, positive);
        if (negative == null || !guidance.needsNegative()) {
            return with;
        }
        return guidance.combine(with, model.predict(latents, timestep, negative));
    }
}
