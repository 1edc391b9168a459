package io.wanstreams.inference.scheduler;

/** Which method walks along the noise levels. Source: transformer-and-text.md §8. */
public enum SolverKind {
    /** UniPC, bh2, order 2, predicting x0: what the family is published with. Whole timesteps. */
    UNIPC,
    /** DPM-Solver++, order 2, midpoint. Whole timesteps. */
    DPM_SOLVER,
    /** Euler's method on the flow, as the few-step distillations want it. Timesteps are not rounded. */
    EULER
}
