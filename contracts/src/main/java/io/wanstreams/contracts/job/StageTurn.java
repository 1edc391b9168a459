package io.wanstreams.contracts.job;

import org.jspecify.annotations.Nullable;

/**
 * The stage a job is at.
 *
 * @param stage what the job waits for or is worked on by
 * @param turn offset of the event that made it wait
 * @param attempt counts from 1, anew after each checkpoint
 * @param checkpoint where the stage can go on from, or null at its start
 */
public record StageTurn(
        StageName stage, long turn, int attempt, @Nullable Checkpoint checkpoint) {

    StageTurn(StageName stage, long turn) {
        this(stage, turn, 1, null);
    }

    /** Whether this is that very wait: the guard of every event and ticket about it. */
    public boolean is(StageName otherStage, long otherTurn) {
        return stage == otherStage && turn == otherTurn;
    }

    StageTurn nextAttempt() {
        return new StageTurn(stage, turn, attempt + 1, checkpoint);
    }

    StageTurn inTurn(long newTurn) {
        return new StageTurn(stage, newTurn, attempt, checkpoint);
    }

    StageTurn from(Checkpoint newCheckpoint) {
        return new StageTurn(stage, turn, 1, newCheckpoint);
    }

    int checkpointStep() {
        return checkpoint == null ? 0 : checkpoint.step();
    }
}
