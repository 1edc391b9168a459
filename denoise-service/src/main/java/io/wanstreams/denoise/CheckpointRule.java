package io.wanstreams.denoise;

import java.time.Duration;

/**
 * When a stage makes a checkpoint: after so many steps or so much time since the last, whichever comes first.
 *
 * @param everySteps steps between two, 0 for never by steps
 * @param every time between two, zero for never by time
 */
record CheckpointRule(int everySteps, Duration every) {

    static final CheckpointRule NEVER = new CheckpointRule(0, Duration.ZERO);

    CheckpointRule {
        if (everySteps < 0 || every.isNegative()) {
            throw new IllegalArgumentException("wan.denoise.checkpoint.every-steps and .every are not negative, found "
                    + everySteps + " and " + every + ".");
        }
    }

    boolean isDue(int stepsSinceLast, Duration timeSinceLast) {
        return (everySteps > 0 && stepsSinceLast >= everySteps)
                || (!every.isZero() && timeSinceLast.compareTo(every) >= 0);
    }
}
