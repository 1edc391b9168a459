package io.wanstreams.contracts.job;

import io.wanstreams.contracts.bundle.BundleRef;

/**
 * Where a stage can go on from.
 *
 * @param step number of scheduler steps of the whole plan that are done
 * @param bundle latents and solver history after that step
 */
public record Checkpoint(int step, BundleRef bundle) {

    public Checkpoint {
        if (step < 1) {
            throw new IllegalArgumentException("a checkpoint's step counts from 1, found " + step);
        }
    }
}
