package io.wanstreams.gateway.intake;

import io.smallrye.mutiny.Uni;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.gateway.board.Barrier;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.transport.log.JobLog;
import io.wanstreams.transport.log.LogPosition;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Cancels and deletes jobs. */
public final class Removal {

    private final JobLog jobLog;
    private final Barrier barrier;
    private final Duration timeout;
    private final Duration retryAfter;

    public Removal(JobLog jobLog, Barrier barrier, SubmitSettings settings) {
        this.jobLog = jobLog;
        this.barrier = barrier;
        this.timeout = settings.timeout();
        this.retryAfter = settings.retryAfter();
    }

    /**
     * Completes when the cancellation is in the log and on this gateway's board. Whether it counted is for the board to say:
     * the job may have been over by then.
     *
     * @param by who wants it
     */
    public Uni<Void> cancel(BoardJob job, String by) {
        return read(append(job, new JobEvent.Cancelled(by)));
    }

    /**
     * Deletes; what is not over is cancelled first. Completes when the deletion is in the log and on this gateway's board.
     *
     * @param by who wants it
     */
    public Uni<Void> delete(BoardJob job, String by) {
        Uni<LogPosition> deleted = append(job, new JobEvent.Deleted(by));
        Uni<LogPosition> all =
                job.isLive() ? append(job, new JobEvent.Cancelled(by)).chain(() -> deleted) : deleted;
        return read(all);
    }

    private Uni<Void> read(Uni<LogPosition> written) {
        return written.chain(place -> Uni.createFrom().completionStage(() -> barrier.awaitPast(place)))
                .onFailure()
                .transform(error -> new IntakeException.Unavailable(true, retryAfter))
                .replaceWithVoid();
    }

    private Uni<LogPosition> append(BoardJob job, JobEvent event) {
        return Uni.createFrom()
                .completionStage(() ->
                        jobLog.append(job.job().id(), event).orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS));
    }
}
