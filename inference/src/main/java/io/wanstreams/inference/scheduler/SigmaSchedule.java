package io.wanstreams.inference.scheduler;

/**
 * The noise levels of a schedule: a base b that falls from about 1, shifted to s·b / (1 + (s − 1)·b). Source:
 * transformer-and-text.md §8.2. Computes in double precision, in the order in which NumPy does, for timesteps are cut from
 * the result.
 *
 * @param steps n
 * @param shift s
 * @param trainTimesteps the timestep that noise level 1 stands for
 */
record SigmaSchedule(int steps, double shift, int trainTimesteps) {

    /** How close to 1 the first level may be where 1 − σ is divided by. */
    private static final double GAP = 1e-6;

    /** The shifted noise levels without the final 0. */
    double[] sigmas(SolverKind solver, SigmaGrid grid) {
        boolean wan = grid == SigmaGrid.WAN;
        return switch (solver) {
            case UNIPC ->
                wan ? shifted(falling((float) (1 - smallest()), 0)) : belowOne(shifted(falling(1, smallest())));
            case DPM_SOLVER -> shifted(wan ? falling(1, 0) : mirrored());
            case EULER -> shifted(wan ? falling(1, 0) : downTo(shiftedTwice()));
        };
    }

    /** The lowest level of training. */
    private double smallest() {
        return 1.0 / trainTimesteps;
    }

    /** From first towards end, which itself is left out. */
    private double[] falling(double first, double end) {
        double stride = (end - first) / steps;
        double[] bases = new double[steps];
        for (int k = 0; k < steps; k++) {
            bases[k] = k * stride + first;
        }
        return bases;
    }

    /** Diffusers' DPM-Solver++: what is left of a rising row, from its end. */
    private double[] mirrored() {
        double stride = (smallest() - 1) / steps;
        double[] bases = new double[steps];
        bases[0] = 1 - smallest();
        for (int k = 1; k < steps; k++) {
            bases[k] = 1 - ((steps - k) * stride + 1);
        }
        return bases;
    }

    /** From 1 to end, both ends visited. */
    private double[] downTo(double end) {
        double first = trainTimesteps;
        double last = end * trainTimesteps;
        double stride = steps == 1 ? 0 : (last - first) / (steps - 1);
        double[] bases = new double[steps];
        for (int k = 0; k < steps; k++) {
            bases[k] = (k > 0 && k == steps - 1 ? last : k * stride + first) / trainTimesteps;
        }
        return bases;
    }

    /** Where Diffusers' Euler ends is shifted already, in fp32, before all of its levels are. */
    private double shiftedTwice() {
        float base = 1f / trainTimesteps;
        return (float) shift * base / (1 + (float) (shift - 1) * base);
    }

    private double[] shifted(double[] bases) {
        for (int k = 0; k < bases.length; k++) {
            bases[k] = shift * bases[k] / (1 + (shift - 1) * bases[k]);
        }
        return bases;
    }

    private static double[] belowOne(double[] sigmas) {
        sigmas[0] -= Math.abs(sigmas[0] - 1) < GAP ? GAP : 0;
        return sigmas;
    }
}
