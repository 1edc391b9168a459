package io.wanstreams.inference.scheduler;

/** Which transformer a step is for. The steps of HIGH come first, and once LOW has begun it stays. */
public enum Expert {
    /** The high-noise expert, folder {@code transformer}. */
    HIGH,
    /** The low-noise expert, folder {@code transformer_2}. */
    LOW,
    /** The transformer of a model that has one, folder {@code transformer}. */
    ONLY
}
