package io.wanstreams.contracts.dispatch;

import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.Phase.AtStage;
import io.wanstreams.contracts.job.Phase.Parked;
import io.wanstreams.contracts.job.Phase.Running;
import io.wanstreams.contracts.job.Phase.Submitted;
import io.wanstreams.contracts.job.Phase.Waiting;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageTurn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher's rules.
 *
 * @param attemptLimit how many attempts a stage has from its start or its last checkpoint
 */
public record DispatchRules(int attemptLimit) {

    /** What a {@code job.failed} about a job carries that never waited for a stage. */
    private static final long NO_TURN = -1;

    public DispatchRules {
        if (attemptLimit < 1) {
            throw new IllegalArgumentException("the attempt limit is at least 1, found " + attemptLimit);
        }
    }

    /** What to write about this job now; empty when there is nothing to do. */
    public Optional<Dispatch> decide(Job job, Observation seen) {
        Phase phase = job.phase();
        if (phase instanceof Submitted) {
            return decideSubmitted(job, seen);
        }
        return phase instanceof AtStage atStage ? decideAtStage(atStage, seen) : Optional.empty();
    }

    private static Optional<Dispatch> decideSubmitted(Job job, Observation seen) {
        if (seen.deadlinePassed()) {
            return Optional.of(new Dispatch.GiveUp(NO_TURN, 0, deadlineExceeded()));
        }
        return seen.windowHasRoom() ? Optional.of(new Dispatch.Admit(job.route().get(0))) : Optional.empty();
    }

    private Optional<Dispatch> decideAtStage(AtStage phase, Observation seen) {
        if (seen.deadlinePassed()) {
            return Optional.of(giveUp(phase.at(), deadlineExceeded()));
        }
        RequeueReason reason = reasonToRequeue(phase, seen);
        return reason == null ? Optional.empty() : Optional.of(requeueOrGiveUp(phase, reason));
    }

    private static @Nullable RequeueReason reasonToRequeue(AtStage phase, Observation seen) {
        if (phase instanceof Parked && seen.backOffOver()) {
            return RequeueReason.RETRY;
        }
        if (phase instanceof Running && seen.workerSilent()) {
            return RequeueReason.WORKER_LOST;
        }
        return phase instanceof Waiting && seen.ticketMissing() ? RequeueReason.TICKET_LOST : null;
    }

    private Dispatch requeueOrGiveUp(AtStage phase, RequeueReason reason) {
        StageTurn at = phase.at();
        // The fold counts the attempt of a job that was running; one that is put aside has been counted.
        int attempt = phase instanceof Running ? at.attempt() + 1 : at.attempt();
        return attempt > attemptLimit
                ? giveUp(at, exhausted(phase))
                : new Dispatch.Requeue(at.stage(), at.turn(), reason);
    }

    private static Dispatch giveUp(StageTurn at, JobError error) {
        return new Dispatch.GiveUp(at.turn(), at.attempt(), error);
    }

    private JobError exhausted(AtStage phase) {
        if (phase instanceof Parked parked && parked.error() != null) {
            return parked.error();
        }
        return new JobError(
                FailureCode.WORKER_LOST,
                "Stage " + phase.at().stage() + " lost its worker and has no attempt left of " + attemptLimit + ".");
    }

    private static JobError deadlineExceeded() {
        return new JobError(FailureCode.DEADLINE_EXCEEDED, "The job did not finish before its deadline.");
    }
}
