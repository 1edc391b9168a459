package io.wanstreams.transport.service;

import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.transport.stage.RetriableStageException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Errors of the runtime as errors of the stage: another attempt, maybe on another machine, may succeed.
 *
 * @param need what the memory has to suffice for, e.g. {@code a video of this size}
 */
public record StageFailures(String need) {

    private static final Pattern OUT_OF_MEMORY =
            Pattern.compile("out of memory|failed to allocate|bad_alloc|bad allocation|cuda_error_out_of_memory");

    /** What a failed run of a network means for the job. */
    public RetriableStageException of(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean memory = OUT_OF_MEMORY.matcher(message.toLowerCase(Locale.ROOT)).find();
        return new RetriableStageException(
                memory ? FailureCode.OUT_OF_MEMORY : FailureCode.STAGE_FAILED,
                memory ? "The device's memory does not suffice for " + need + ": " + message : message,
                failure);
    }

    /** The Java heap is too small for this job. */
    public RetriableStageException of(OutOfMemoryError error) {
        return new RetriableStageException(
                FailureCode.OUT_OF_MEMORY,
                "The Java heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB does not suffice for " + need
                        + "; give the worker a larger -Xmx.",
                error);
    }
}
