package io.wanstreams.inference.scheduler;

/**
 * Classifier-free guidance: {@code v = v_neg + g · (v_pos − v_neg)}, in fp32. Source: transformer-and-text.md §9.
 *
 * @param scale g; at 1 the negative prompt has no weight and its pass can be left out
 */
public record Guidance(float scale) {

    public Guidance {
        if (!Float.isFinite(scale)) {
            throw new IllegalArgumentException("The guidance scale must be a finite number, found " + scale + ".");
        }
    }

    /** Whether a pass with the negative prompt is needed. */
    public boolean needsNegative() {
        return scale != 1;
    }

    /**
     * The guided velocity, a new array.
     *
     * @param positive velocity with the prompt
     * @param negative velocity with the negative prompt, of the same length
     */
    public float[] combine(float[] positive, float[] negative) {
        if (positive.length != negative.length) {
            throw new IllegalArgumentException(
                    "Velocities must be of one length, found " + positive.length + " and " + negative.length + ".");
        }
        float[] guided = new float[positive.length];
        for (int i = 0; i < guided.length; i++) {
            guided[i] = negative[i] + scale * (positive[i] - negative[i]);
        }
        return guided;
    }
}
