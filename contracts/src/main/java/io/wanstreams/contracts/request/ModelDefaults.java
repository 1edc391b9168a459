package io.wanstreams.contracts.request;

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
        double guidanceScale2,
        double flowShift,
        SigmaGrid sigmaGrid,
        String negativePrompt) {}
