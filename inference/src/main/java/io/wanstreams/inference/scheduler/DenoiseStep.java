package io.wanstreams.inference.scheduler;

/**
 * One step of a plan.
 *
 * @param index 0 … n − 1
 * @param sigma noise level at which the step begins, 0 < σ < 1
 * @param timestep what the transformer is told, 0 … 1000; a whole number for UniPC
 * @param expert whose step it is
 */
public record DenoiseStep(int index, float sigma, float timestep, Expert expert) {}
