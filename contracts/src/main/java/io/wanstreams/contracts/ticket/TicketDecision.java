package io.wanstreams.contracts.ticket;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase.Running;
import io.wanstreams.contracts.job.Phase.Waiting;
import io.wanstreams.contracts.job.StageName;
import org.jspecify.annotations.Nullable;

/** What a worker does with a ticket, decided on what it has read of the log. */
public sealed interface TicketDecision {

    /** The log has not been read past the ticket's turn: keep the ticket, read again. */
    record ReadAgain() implements TicketDecision {}

    /** The job waits for this very turn: append {@code stage.started}. */
    record Start() implements TicketDecision {}

    /** The job has moved on: accept the ticket and do nothing. */
    record Discard() implements TicketDecision {}

    /**
     * Decides on a ticket.
     *
     * @param job the job folded up to {@code readTo}, or null where none is known
     * @param readTo offset of the first event that has not been read
     */
    static TicketDecision of(Ticket ticket, @Nullable Job job, long readTo) {
        if (readTo <= ticket.turn()) {
            return new ReadAgain();
        }
        return job != null && job.phase() instanceof Waiting w && w.at().is(ticket.stage(), ticket.turn())
                ? new Start()
                : new Discard();
    }

    /**
     * Whether a worker's {@code stage.started} is the one that counts; asked once after the append and again at every
     * step. Decided by offset: the same worker may have appended two.
     *
     * @param job the job folded past {@code startedOffset}
     * @param startedOffset where the worker's own event stands
     */
    static boolean isClaimed(@Nullable Job job, StageName stage, long turn, long startedOffset) {
        return job != null
                && job.phase() instanceof Running r
                && r.at().is(stage, turn)
                && r.startedOffset() == startedOffset;
    }
}
