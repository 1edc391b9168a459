package io.wanstreams.inference.scheduler;

/**
 * One step of a plan.
 *
 * @param index 0 … n − 1
 * @param sigma noise level at which the step begins, 0 < σ ≤ 1
 * @param timestep what the transformer is told, a whole number unless the solver is Euler's
 * @param expert whose step it is
 */
public record DenoiseStep(int index, float sigma, float timestep, Expert expert) {}
