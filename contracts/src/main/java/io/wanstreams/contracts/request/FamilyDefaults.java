package io.wanstreams.contracts.request;

/**
 * The published defaults of the model family (spec transformer-and-text §1.2, §1.3), by the shape of a checkpoint: two
 * experts are a T2V-A14B, or an I2V-A14B when they need an image, one is a TI2V-5B. Sizes and frame counts are brought down to what the checkpoint can make.
 *
 * @param twoExperts whether two transformers take turns
 * @param fromImage whether an image is required
 * @param sizeMultiple width and height are multiples of this
 * @param temporalStride frame counts are 1 more than a multiple of this
 */
record FamilyDefaults(boolean twoExperts, boolean fromImage, long sizeMultiple, int temporalStride) {

    /** The original repository's negative prompt, verbatim. */
    static final String NEGATIVE_PROMPT = "色调艳丽，过曝，静态，细节模糊不清，字幕，风格，作品，画作，画面，静止，整体发灰，最差质量，低质量，"
            + "JPEG压缩残留，丑陋的，残缺的，多余的手指，画得不好的手部，画得不好的脸部，畸形的，毁容的，形态畸形的肢体，手指融合，"
            + "静止不动的画面，杂乱的背景，三条腿，背景人很多，倒着走";

    private static final double DIFFUSERS_GUIDANCE = 5.0;
    private static final int DIFFUSERS_STEPS = 50;

    ModelDefaults wan() {
        if (twoExperts && fromImage) {
            return new ModelDefaults(
                    size(1280), size(720), frames(81), 16, 40, 3.5, 3.5, 5.0, SigmaGrid.WAN, NEGATIVE_PROMPT);
        }
        return twoExperts
                ? new ModelDefaults(
                        size(1280), size(720), frames(81), 16, 40, 4.0, 3.0, 12.0, SigmaGrid.WAN, NEGATIVE_PROMPT)
                : new ModelDefaults(
                        size(1280), size(704), frames(121), 24, 50, 5.0, 5.0, 5.0, SigmaGrid.WAN, NEGATIVE_PROMPT);
    }

    /** Diffusers' call defaults; the shift is the checkpoint's. */
    ModelDefaults diffusers(double checkpointShift) {
        return new ModelDefaults(
                size(832),
                size(480),
                frames(81),
                twoExperts ? 16 : 24,
                DIFFUSERS_STEPS,
                DIFFUSERS_GUIDANCE,
                DIFFUSERS_GUIDANCE,
                checkpointShift,
                SigmaGrid.DIFFUSERS,
                "");
    }

    int trainedFrames() {
        return frames(twoExperts ? 81 : 121);
    }

    private int size(int published) {
        return (int) Math.max(published / sizeMultiple * sizeMultiple, Math.min(sizeMultiple, Integer.MAX_VALUE));
    }

    private int frames(int published) {
        return (published - 1) / temporalStride * temporalStride + 1;
    }
}
