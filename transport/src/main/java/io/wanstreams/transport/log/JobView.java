package io.wanstreams.transport.log;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.contracts.ticket.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * A job as far as somebody has read the log.
 *
 * @param job the fold, or null where no such job is known
 * @param upTo how far it goes
 */
public record JobView(JobId id, @Nullable Job job, LogCursor upTo) {

    /** What a ticket's writer saw. */
    public static JobView of(Ticket ticket) {
        return new JobView(ticket.job().id(), ticket.job(), ticket.upTo());
    }

    /** What a reader sees that has folded this job of the whole log up to there. */
    public static JobView of(Job job, LogCursor upTo) {
        return new JobView(job.id(), job, upTo);
    }

    /** After one more record of the partition; events of other jobs and events already read change nothing. */
    public JobView after(RecordedEvent event) {
        if (!event.id().equals(id) || event.offset() < upTo.next()) {
            return this;
        }
        return new JobView(id, JobFold.apply(job, event), upTo.at(event.offset() + 1));
    }

    /** The same fold, known to hold up to there. */
    public JobView readTo(long next) {
        return next <= upTo.next() ? this : new JobView(id, job, upTo.at(next));
    }
}
