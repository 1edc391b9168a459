package io.wanstreams.inference.pipeline;

import io.wanstreams.inference.scheduler.Guidance;
import io.wanstreams.tensors.Tensor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * An expert with all it needs for its steps of one job.
 *
 * @param beside the same expert on another device, which computes the pass without the prompt at the same time; null for
 *     one pass after the other
 * @param positive the encoded prompt, F32 [tokens, width]
 * @param negative the negative prompt; null only if the guidance needs none
 */
public record GuidedModel(
        VelocityModel model,
        @Nullable VelocityModel beside,
        Guidance guidance,
        Tensor positive,
        @Nullable Tensor negative) {

    /** On one device. */
    public GuidedModel(VelocityModel model, Guidance guidance, Tensor positive, @Nullable Tensor negative) {
        this(model, null, guidance, positive, negative);
    }

    public GuidedModel {
        if (guidance.needsNegative() && negative == null) {
            throw new IllegalArgumentException(
                    "A guidance scale of " + guidance.scale() + " needs an encoded negative prompt, found none.");
        }
    }

    /** The guided velocity: two passes, or one where the scale makes the second idle. */
    float[] velocity(float[] latents, float timestep) {
        if (negative == null || !guidance.needsNegative()) {
            return model.predict(latents, timestep, positive);
        }
        if (beside != null) {
            return together(beside, latents, timestep, negative);
        }
        float[] with = model.predict(latents, timestep, positive);
        return guidance.combine(with, model.predict(latents, timestep, negative));
    }

    /** Both passes at once; neither runs any more when this returns or throws. */
    private float[] together(VelocityModel other, float[] latents, float timestep, Tensor withoutPrompt) {
        FutureTask<float[]> task = new FutureTask<>(() -> other.predict(latents, timestep, withoutPrompt));
        Thread thread = new Thread(task, "wan-guidance");
        thread.start();
        float[] with;
        try {
            with = model.predict(latents, timestep, positive);
        } finally {
            joinAlways(thread);
        }
        return guidance.combine(with, result(task));
    }

    /** A pass cannot be interrupted, only cancelled; so the interrupt is kept for whoever can act on it. */
    private static void joinAlways(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static float[] result(FutureTask<float[]> done) {
        boolean interrupted = Thread.interrupted();
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("The pass without the prompt failed.", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("A finished pass is not waited for.", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
