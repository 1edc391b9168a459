package io.wanstreams.contracts.request;

/**
 * The published defaults of the model family (spec transformer-and-text §1.2, §1.3), by the shape of a checkpoint: two
 * experts are a T2V-A14B, one is a TI2V-5B.
 */
final class FamilyDefaults {

    /** The original repository's negative prompt, verbatim. */
    static final String NEGATIVE_PROMPT = "色调艳丽，过曝，静态，细节模糊不清，字幕，风格，作品，画作，画面，静止，整体发灰，最差质量，低质量，"
            + "JPEG压缩残留，丑陋的，残缺的，多余的手指，画得不好的手部，画得不好的脸部，畸形的，毁容的，形态畸形的肢体，手指融合，"
            + "静止不动的画面，杂乱的背景，三条腿，背景人很多，倒着走";

    private static final double DIFFUSERS_GUIDANCE = 5.0;
    private static final int DIFFUSERS_STEPS = 50;

    private FamilyDefaults() {}

    static ModelDefaults wan(boolean twoExperts) {
        return twoExperts
                ? new ModelDefaults(1280, 720, 81, 16, 40, 4.0, 3.0, 12.0, SigmaGrid.WAN, NEGATIVE_PROMPT)
                : new ModelDefaults(1280, 704, 121, 24, 50, 5.0, 5.0, 5.0, SigmaGrid.WAN, NEGATIVE_PROMPT);
    }

    /** Diffusers' call defaults; the size is brought to the model's multiple, the shift is the checkpoint's. */
    static ModelDefaults diffusers(boolean twoExperts, int sizeMultiple, double checkpointShift) {
        return new ModelDefaults(
                832,
                480 / sizeMultiple * sizeMultiple,
                81,
                twoExperts ? 16 : 24,
                DIFFUSERS_STEPS,
                DIFFUSERS_GUIDANCE,
                DIFFUSERS_GUIDANCE,
                checkpointShift,
                SigmaGrid.DIFFUSERS,
                "");
    }

    static int trainedFrames(boolean twoExperts) {
        return twoExperts ? 81 : 121;
    }
}
