package io.wanstreams.gateway.dispatch;

import io.wanstreams.contracts.dispatch.Dispatch;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.crash.CrashPoint;
import io.wanstreams.transport.log.JobLog;
import io.wanstreams.transport.log.LogPosition;
import io.wanstreams.transport.log.StageTransactions;
import io.wanstreams.transport.ticket.DeadLetters;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes admissions and requeues with their tickets in one transaction each, the end of a job alone, after its dead letter.
 */
public final class LogDispatchWriter implements DispatchWriter {

    private static final long APPEND_TIMEOUT_SECONDS = 15;

    private final StageTransactions transactions;
    private final JobLog jobLog;
    private final DeadLetters deadLetters;
    private final String topicId;

    public LogDispatchWriter(StageTransactions transactions, JobLog jobLog, DeadLetters deadLetters, String topicId) {
        this.transactions = transactions;
        this.jobLog = jobLog;
        this.deadLetters = deadLetters;
        this.topicId = topicId;
    }

    @Override
    public void write(BoardJob job, Dispatch dispatch) {
        CrashPoint.BEFORE_DISPATCH.reached(job.job().id());
        if (dispatch instanceof Dispatch.GiveUp giveUp) {
            // A job that ran out of time is nobody's fault; one that ran out of attempts is for operators to look at.
            if (giveUp.error().code() != FailureCode.DEADLINE_EXCEEDED) {
                deadLetters.write(job.job().id(), job.partition(), giveUp.turn(), giveUp.error());
            }
            append(job, dispatch);
        } else {
            transactions.append(job.view(topicId), dispatch.event());
        }
        CrashPoint.AFTER_DISPATCH.reached(job.job().id());
    }

    private void append(BoardJob job, Dispatch dispatch) {
        try {
            LogPosition unused =
                    jobLog.append(job.job().id(), dispatch.event()).get(APPEND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(
                    "Interrupted while giving up job " + job.job().id(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new TransportException("The end of job " + job.job().id() + " is not confirmed", e);
        }
    }
}
