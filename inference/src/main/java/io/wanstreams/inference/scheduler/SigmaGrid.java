package io.wanstreams.inference.scheduler;

/**
 * How the noise levels are spread before the shift. Source: transformer-and-text.md §8.2.
 * Computes in double precision, in the order in which NumPy's {@code linspace} does.
 */
public enum SigmaGrid {
    /** The original repository, and Diffusers up to 0.36: from 0.999, which the original keeps as fp32, to 0. */
    WAN(0.999f, 0, 0),
    /** Diffusers since 0.37: from 1 to 0.001, the first level kept a millionth below 1. */
    DIFFUSERS(1, 1.0 / DenoisePlan.TRAIN_TIMESTEPS, 1e-6);

    private final double first;
    private final double end;
    private final double gap;

    SigmaGrid(double first, double end, double gap) {
        this.first = first;
        this.end = end;
        this.gap = gap;
    }

    /** The shifted noise levels s·b / (1 + (s − 1)·b) of n steps, without the final 0. */
    double[] sigmas(int steps, double shift) {
        double[] sigmas = new double[steps];
        double stride = (end - first) / steps;
        for (int k = 0; k < steps; k++) {
            double base = k * stride + first;
            sigmas[k] = shift * base / (1 + (shift - 1) * base);
        }
        sigmas[0] -= Math.abs(sigmas[0] - 1) < gap ? gap : 0;
        return sigmas;
    }
}
