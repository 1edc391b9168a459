package io.wanstreams.inference.scheduler;

/** Whose noise levels are visited; each has its own for every solver ({@link SigmaSchedule}). */
public enum SigmaGrid {
    /** The original repository's; for Euler those of the Lightning distillations. */
    WAN,
    /** Diffusers' since 0.37. */
    DIFFUSERS
}
