package io.wanstreams.contracts.job;

/**
 * Where a stage's time went, in milliseconds of the worker's own monotonic clock.
 *
 * @param claimMs from the ticket in hand to the claim won
 * @param workMs from the claim to the outputs ready, all inputs and outputs transferred
 * @param computeMs the part of {@code workMs} spent computing: in the model, and in the video encoder that takes its frames
 */
public record StageTimings(long claimMs, long workMs, long computeMs) {}
