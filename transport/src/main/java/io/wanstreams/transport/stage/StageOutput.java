package io.wanstreams.transport.stage;

import io.wanstreams.contracts.job.StageOutputs;
import java.time.Duration;

/**
 * What a stage made.
 *
 * @param outputs texts and references to bundles, all written
 * @param compute the part of the time that the model itself took
 */
public record StageOutput(StageOutputs outputs, Duration compute) {

    public StageOutput {
        if (compute.isNegative()) {
            throw new IllegalArgumentException("Compute time " + compute + " is negative");
        }
    }
}
