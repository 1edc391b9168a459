package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wanstreams.contracts.bundle.BundleRef;
import org.jspecify.annotations.Nullable;

/**
 * Every number of the denoise loop.
 *
 * @param numInferenceSteps scheduler steps, 1 to 200
 * @param guidanceScale of the high-noise expert, or of the only one; 1 skips the pass without prompt
 * @param guidanceScale2 of the low-noise expert; equal to {@code guidanceScale} where there is only one
 * @param flowShift how far the schedule dwells on high noise
 * @param boundaryRatio the high-noise expert works while the timestep is at least this share of the training steps; null
 *     with one expert
 * @param sigmaGrid which noise levels are visited
 * @param scheduler which solver goes from one to the next; requests older than the choice have UniPC
 * @param seed of the initial noise; its low 32 bits seed the generator as torch's CPU generator does
 * @param noise initial latents given with the request instead of drawn ones, tensor {@code latents} [C, T, h, w]
 */
public record DenoiseSettings(
        int numInferenceSteps,
        double guidanceScale,
        @JsonProperty("guidance_scale_2") double guidanceScale2,
        double flowShift,
        @Nullable Double boundaryRatio,
        SigmaGrid sigmaGrid,
        @JsonProperty(defaultValue = "unipc") SchedulerChoice scheduler,
        long seed,
        @Nullable BundleRef noise) {

    /**
     * Checks what no job can be carried out with; what a model allows is the gateway's to check.
     *
     * @throws IllegalArgumentException naming the number
     */
    public DenoiseSettings {
        scheduler = scheduler == null ? SchedulerChoice.UNIPC : scheduler;
        if (numInferenceSteps < 1) {
            throw new IllegalArgumentException("num_inference_steps is at least 1, found " + numInferenceSteps);
        }
        checkFinite("guidance_scale", guidanceScale);
        checkFinite("guidance_scale_2", guidanceScale2);
        checkFinite("flow_shift", flowShift);
        if (boundaryRatio != null) {
            checkFinite("boundary_ratio", boundaryRatio);
        }
    }

    /** The same with another seed. */
    public DenoiseSettings withSeed(long other) {
        return new DenoiseSettings(
                numInferenceSteps,
                guidanceScale,
                guidanceScale2,
                flowShift,
                boundaryRatio,
                sigmaGrid,
                scheduler,
                other,
                noise);
    }

    private static void checkFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is a finite number");
        }
    }
}
