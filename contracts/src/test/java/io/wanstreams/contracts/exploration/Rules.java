package io.wanstreams.contracts.exploration;

import io.wanstreams.contracts.dispatch.Dispatch;
import io.wanstreams.contracts.dispatch.DispatchRules;
import io.wanstreams.contracts.dispatch.Observation;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.ticket.Ticket;
import io.wanstreams.contracts.ticket.TicketDecision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules that are explored: those of production, and in a test of the exploration itself, broken ones. */
interface Rules {

    /** As many attempts as no run with fewer faults can use up. */
    int ATTEMPT_LIMIT = 3;

    default @Nullable Job fold(@Nullable Job job, RecordedEvent event) {
        return JobFold.apply(job, event);
    }

    default TicketDecision onTicket(Ticket ticket, @Nullable Job job, long readTo) {
        return TicketDecision.of(ticket, job, readTo);
    }

    default boolean isClaimed(@Nullable Job job, Ticket ticket, long startedOffset, int worker) {
        return TicketDecision.isClaimed(job, ticket.stage(), ticket.turn(), startedOffset);
    }

    default Optional<Dispatch> dispatch(Job job, Observation seen) {
        return new DispatchRules(ATTEMPT_LIMIT).decide(job, seen);
    }
}
