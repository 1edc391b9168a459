package io.wanstreams.gateway.board;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.transport.log.JobView;

/**
 * A job as the board knows it.
 *
 * @param partition of the log in which its events lie
 * @param submittedOffset where in it the job begins
 * @param job the fold of all its events read so far
 */
public record BoardJob(int partition, long submittedOffset, Job job) {

    /** Whether the dispatcher has to care: neither over nor met by an event that nobody here understands. */
    public boolean isLive() {
        return !job.isTerminal() && !(job.phase() instanceof Phase.Unreadable);
    }

    /** Deleted jobs read as unknown; only their ids are kept, so that they stay so. */
    boolean isGone() {
        return job.phase() instanceof Phase.Deleted;
    }

    /** The view from which tickets are written; it holds up to the last event that counted. */
    public JobView view(String topicId) {
        return JobView.of(job, new LogCursor(topicId, partition, job.changedOffset() + 1));
    }

    /** The place of the last event that counted, {@code <partition>:<offset>}. */
    public String place() {
        return partition + ":" + job.changedOffset();
    }
}
