package io.wanstreams.transport.log;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import java.util.concurrent.CompletableFuture;

/** Appends single events to the job log. Whether an event counts is decided by every reader's fold, not here. */
public interface JobLog {

    /**
     * Appends an event. The result completes when all replicas have it; it fails with a
     * {@link io.wanstreams.transport.TransportException} when that is not known, and the event may or may not be there.
     */
    CompletableFuture<LogPosition> append(JobId job, JobEvent event);
}
