package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a request gets for what it leaves open.
 *
 * @param width pixels
 * @param height pixels
 * @param numFrames pixel frames, 4n + 1
 * @param fps frames per second
 * @param numInferenceSteps scheduler steps
 * @param guidanceScale of the high-noise expert, or of the only one
 * @param guidanceScale2 of the low-noise expert
 * @param flowShift of the schedule
 * @param sigmaGrid of the schedule
 * @param negativePrompt what the video must not look like; may be empty
 */
public record ModelDefaults(
        int width,
        int height,
        int numFrames,
        int fps,
        int numInferenceSteps,
        double guidanceScale,
        @JsonProperty("guidance_scale_2") double guidanceScale2,
        double flowShift,
        SigmaGrid sigmaGrid,
        String negativePrompt) {

    public ModelDefaults {
        if (width < 1 || height < 1 || numFrames < 1 || fps < 1 || numInferenceSteps < 1) {
            throw new IllegalArgumentException("width, height, num_frames, fps and num_inference_steps are at least 1");
        }
        if (!Double.isFinite(guidanceScale) || !Double.isFinite(guidanceScale2) || !Double.isFinite(flowShift)) {
            throw new IllegalArgumentException("guidance_scale, guidance_scale_2 and flow_shift are finite numbers");
        }
    }

    /** The same for a model that was distilled to four steps without guidance. */
    ModelDefaults distilled() {
        return new ModelDefaults(width, height, numFrames, fps, 4, 1, 1, 5, SigmaGrid.WAN, negativePrompt);
    }
}
