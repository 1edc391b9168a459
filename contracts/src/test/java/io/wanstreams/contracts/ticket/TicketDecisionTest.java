package io.wanstreams.contracts.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Jobs;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageName;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TicketDecisionTest {

    private static final Job WAITING = Jobs.in(new Phase.Waiting(Jobs.at(null)));

    private static Ticket ticket(StageName stage, long turn) {
        return new Ticket(stage, turn, WAITING, new LogCursor("jobs", 0, turn));
    }

    @Test
    void onlyAJobThatWaitsForThisVeryTurnIsStarted() {
        Ticket ticket = ticket(Jobs.STAGE, Jobs.TURN);
        Jobs.inEachPhase()
                .forEach((phase, job) -> assertThat(TicketDecision.of(ticket, job, Jobs.TURN + 1))
                        .as(phase)
                        .isEqualTo(
                                phase.equals("waiting") ? new TicketDecision.Start() : new TicketDecision.Discard()));
    }

    @Test
    void aTicketOfAnotherTurnOrStageIsDiscarded() {
        assertThat(TicketDecision.of(ticket(Jobs.STAGE, Jobs.TURN - 1), WAITING, 99))
                .isEqualTo(new TicketDecision.Discard());
        assertThat(TicketDecision.of(ticket(StageName.DECODE, Jobs.TURN), WAITING, 99))
                .isEqualTo(new TicketDecision.Discard());
    }

    @Test
    void nothingIsDecidedBeforeTheTurnHasBeenRead() {
        Ticket ticket = ticket(Jobs.STAGE, Jobs.TURN);
        Jobs.inEachPhase().forEach((phase, job) -> {
            for (long readTo : new long[] {0, Jobs.TURN - 1, Jobs.TURN}) {
                assertThat(TicketDecision.of(ticket, job, readTo))
                        .as("%s, read to %d", phase, readTo)
                        .isEqualTo(new TicketDecision.ReadAgain());
            }
        });
    }

    @Test
    void aClaimIsAJobThatRunsInThisTurnSinceThisVeryEvent() {
        Jobs.inEachPhase()
                .forEach((phase, job) -> assertThat(
                                TicketDecision.isClaimed(job, Jobs.STAGE, Jobs.TURN, Jobs.STARTED_OFFSET))
                        .as(phase)
                        .isEqualTo(phase.startsWith("running")));
    }

    @Test
    void aClaimOfAnotherStageTurnOrEventIsNone() {
        Job running = Objects.requireNonNull(Jobs.inEachPhase().get("running"));
        assertThat(TicketDecision.isClaimed(running, StageName.DECODE, Jobs.TURN, Jobs.STARTED_OFFSET))
                .isFalse();
        assertThat(TicketDecision.isClaimed(running, Jobs.STAGE, Jobs.TURN + 1, Jobs.STARTED_OFFSET))
                .isFalse();
        assertThat(TicketDecision.isClaimed(running, Jobs.STAGE, Jobs.TURN, Jobs.STARTED_OFFSET + 1))
                .as("the same worker's second event")
                .isFalse();
    }
}
