package io.wanstreams.local.chaos;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run is.
 *
 * @param seed of the schedule
 * @param length how long faults go on
 * @param jobs how many videos are asked for
 * @param data where broker data and logs go; a fresh directory
 * @param root of the checkout, whose built services are run
 * @param model the checkpoint directory
 * @param quiet how long everything may take to come to rest afterwards
 */
record ChaosSettings(long seed, Duration length, int jobs, Path data, Path root, Path model, Duration quiet) {

    /** Steps between two checkpoints. */
    static final int CHECKPOINT_STEPS = 2;

    /** Each expert has enough of them for three checkpoints. */
    static final int STEPS = 16;

    private static final int JOBS_LIMIT = 1_000;
    private static final Duration LONGEST = Duration.ofHours(2);

    ChaosSettings {
        if (jobs < 1 || jobs > JOBS_LIMIT) {
            throw new IllegalArgumentException("A run has 1 to " + JOBS_LIMIT + " jobs, found " + jobs);
        }
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "A run has more than 0 and at most " + LONGEST.toMinutes() + " minutes, found " + length);
        }
    }
}
