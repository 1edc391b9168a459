package io.wanstreams.contracts.ticket;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageName;

/**
 * A hint: this job waits for this stage, since that event. Losing it, seeing it twice or late costs time, never
 * correctness.
 *
 * @param stage the stage that is waited for
 * @param turn offset of the event that made the job wait
 * @param job the job as its writer had folded it
 * @param upTo how far that fold goes: a reader continues there
 */
public record Ticket(StageName stage, long turn, Job job, LogCursor upTo) {}
