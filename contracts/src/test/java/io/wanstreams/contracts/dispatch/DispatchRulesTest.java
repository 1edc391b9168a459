package io.wanstreams.contracts.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.Jobs;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageTurn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each observation about a job in each phase; {@link Jobs} are in their second attempt. */
class DispatchRulesTest {

    private static final DispatchRules THREE_ATTEMPTS = new DispatchRules(3);
    private static final Observation ROOM = new Observation(true, false, false, false, false);
    private static final Observation BACK_OFF_OVER = new Observation(false, true, false, false, false);
    private static final Observation SILENT = new Observation(false, false, true, false, false);
    private static final Observation TICKET_MISSING = new Observation(false, false, false, true, false);
    private static final Observation LATE = new Observation(false, false, false, false, true);
    private static final Observation EVERYTHING = new Observation(true, true, true, true, true);

    @Test
    void eachObservationMattersInItsPhaseOnly() {
        decides(Observation.NONE, Map.of());
        decides(ROOM, Map.of("submitted", new Dispatch.Admit(StageName.ENCODE)));
        decides(BACK_OFF_OVER, Map.of("parked", requeue(RequeueReason.RETRY)));
        decides(
                SILENT,
                Map.of(
                        "running", requeue(RequeueReason.WORKER_LOST),
                        "running c3", requeue(RequeueReason.WORKER_LOST)));
        decides(TICKET_MISSING, Map.of("waiting", requeue(RequeueReason.TICKET_LOST)));
    }

    @Test
    void aJobPastItsDeadlineIsGivenUpWhateverElseIsSeen() {
        JobError late = new JobError(FailureCode.DEADLINE_EXCEEDED, "The job did not finish before its deadline.");
        Dispatch atStage = new Dispatch.GiveUp(Jobs.TURN, Jobs.ATTEMPT, late);
        Map<String, Dispatch> expected = Map.of(
                "submitted", new Dispatch.GiveUp(-1, 0, late),
                "waiting", atStage,
                "running", atStage,
                "running c3", atStage,
                "parked", atStage);
        decides(LATE, expected);
        decides(EVERYTHING, expected);
    }

    @Test
    void aWorkerLostInTheLastAttemptFailsTheJob() {
        Phase running = new Phase.Running(at(3), Jobs.WORKER, Jobs.environment(), Jobs.STARTED_OFFSET);
        assertThat(THREE_ATTEMPTS.decide(Jobs.in(running), SILENT))
                .contains(new Dispatch.GiveUp(
                        Jobs.TURN,
                        3,
                        new JobError(
                                FailureCode.WORKER_LOST,
                                "Stage denoise lost its worker and has no attempt left of 3.")));
    }

    @Test
    void anErrorInTheLastAttemptFailsTheJobWithThatError() {
        assertThat(THREE_ATTEMPTS.decide(parked(4, Jobs.ERROR), BACK_OFF_OVER))
                .contains(new Dispatch.GiveUp(Jobs.TURN, 4, Jobs.ERROR));
    }

    @Test
    void theLastAttemptIsStillMade() {
        Optional<Dispatch> retry = Optional.of(requeue(RequeueReason.RETRY));
        assertThat(THREE_ATTEMPTS.decide(parked(3, Jobs.ERROR), BACK_OFF_OVER)).isEqualTo(retry);
        Job waiting = Jobs.in(new Phase.Waiting(at(3)));
        assertThat(THREE_ATTEMPTS.decide(waiting, TICKET_MISSING)).contains(requeue(RequeueReason.TICKET_LOST));
        Phase running = new Phase.Running(at(2), Jobs.WORKER, Jobs.environment(), Jobs.STARTED_OFFSET);
        assertThat(THREE_ATTEMPTS.decide(Jobs.in(running), SILENT)).contains(requeue(RequeueReason.WORKER_LOST));
    }

    @Test
    void aJobParkedWithoutAnErrorBeyondTheLimitLostItsWorkers() {
        assertThat(THREE_ATTEMPTS.decide(parked(4, null), BACK_OFF_OVER))
                .hasValueSatisfying(dispatch ->
                        assertThat(((Dispatch.GiveUp) dispatch).error().code()).isEqualTo(FailureCode.WORKER_LOST));
    }

    @Test
    void whatIsDecidedIsWrittenAsAnEvent() {
        assertThat(new Dispatch.Admit(StageName.ENCODE).event()).isEqualTo(new JobEvent.Admitted());
        assertThat(requeue(RequeueReason.RETRY).event())
                .isEqualTo(new JobEvent.Requeued(Jobs.STAGE, Jobs.TURN, RequeueReason.RETRY));
        assertThat(new Dispatch.GiveUp(7, 2, Jobs.ERROR).event()).isEqualTo(new JobEvent.JobFailed(7, 2, Jobs.ERROR));
    }

    @Test
    void thereIsAtLeastOneAttempt() {
        assertThat(List.of(new DispatchRules(1))).isNotEmpty();
        assertThatThrownBy(() -> new DispatchRules(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the attempt limit is at least 1, found 0");
    }

    private static void decides(Observation seen, Map<String, Dispatch> expected) {
        Jobs.inEachPhase().forEach((phase, job) -> {
            if (job != null) {
                assertThat(THREE_ATTEMPTS.decide(job, seen))
                        .as("%s, %s", phase, seen)
                        .isEqualTo(Optional.ofNullable(expected.get(phase)));
            }
        });
    }

    private static Dispatch requeue(RequeueReason reason) {
        return new Dispatch.Requeue(Jobs.STAGE, Jobs.TURN, reason);
    }

    private static StageTurn at(int attempt) {
        return new StageTurn(Jobs.STAGE, Jobs.TURN, attempt, null);
    }

    private static Job parked(int attempt, @Nullable JobError error) {
        return Jobs.in(new Phase.Parked(at(attempt), Duration.ZERO, error));
    }
}
