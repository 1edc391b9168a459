package io.wanstreams.contracts.dispatch;

import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;

/** What a dispatcher writes about a job. Written late or twice, it does not fit and changes nothing. */
public sealed interface Dispatch {

    /** The event to append. */
    JobEvent event();

    /** Append {@code job.admitted} and the ticket of the first stage in one transaction. */
    record Admit(StageName stage) implements Dispatch {
        @Override
        public JobEvent event() {
            return new JobEvent.Admitted();
        }
    }

    /** Append {@code stage.requeued} and the ticket of its stage in one transaction. */
    record Requeue(StageName stage, long turn, RequeueReason reason) implements Dispatch {
        @Override
        public JobEvent event() {
            return new JobEvent.Requeued(stage, turn, reason);
        }
    }

    /** Append {@code job.failed} alone. */
    record GiveUp(long turn, int attempt, JobError error) implements Dispatch {
        @Override
        public JobEvent event() {
            return new JobEvent.JobFailed(turn, attempt, error);
        }
    }
}
