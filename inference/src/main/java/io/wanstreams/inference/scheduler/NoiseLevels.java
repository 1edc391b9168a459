package io.wanstreams.inference.scheduler;

/** The fp32 noise levels σ_0 … σ_n of a plan, and what every solver computes from them. */
final class NoiseLevels {

    private final float[] sigmas;

    NoiseLevels(float[] sigmas) {
        this.sigmas = sigmas;
    }

    float sigma(int i) {
        return sigmas[i];
    }

    /** The number of steps, n. */
    int steps() {
        return sigmas.length - 1;
    }

    /** Half the logarithm of the signal-to-noise ratio: ln(1 − σ) − ln σ; infinite at σ = 0 and 1. */
    float lambda(int i) {
        return log(1 - sigmas[i]) - log(sigmas[i]);
    }

    private static float log(float x) {
        return (float) StrictMath.log(x);
    }

    /** x0 as seen from a step: x − σ v. */
    float[] prediction(int step, float[] x, float[] velocity) {
        float sigma = sigmas[step];
        float[] m = new float[x.length];
        for (int i = 0; i < m.length; i++) {
            m[i] = x[i] - sigma * velocity[i];
        }
        return m;
    }
}
