package io.wanstreams.contracts.job;

import io.wanstreams.contracts.job.Phase.AtStage;
import io.wanstreams.contracts.job.Phase.Parked;
import io.wanstreams.contracts.job.Phase.Running;
import io.wanstreams.contracts.job.Phase.Terminal;
import io.wanstreams.contracts.job.Phase.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job's events say, folded one after the other. An event that does not fit the state it meets changes nothing.
 *
 * <table>
 * <caption>which event fits where (docs/protocol.md)</caption>
 * <tr><th>event</th><th>fits</th><th>then</th></tr>
 * <tr><td>job.submitted</td><td>no such job</td><td>SUBMITTED</td></tr>
 * <tr><td>job.admitted</td><td>SUBMITTED</td><td>WAITING(first stage, attempt 1)</td></tr>
 * <tr><td>stage.started</td><td>WAITING, same turn</td><td>RUNNING(worker)</td></tr>
 * <tr><td>stage.checkpointed</td><td>RUNNING, same turn, later step</td><td>same; attempts count anew</td></tr>
 * <tr><td>stage.completed</td><td>RUNNING, same turn</td><td>WAITING(next stage, attempt 1) or COMPLETED</td></tr>
 * <tr><td>stage.failed</td><td>RUNNING, same turn</td><td>PARKED, attempt + 1</td></tr>
 * <tr><td>stage.yielded</td><td>RUNNING, same turn</td><td>PARKED</td></tr>
 * <tr><td>stage.requeued</td><td>WAITING, RUNNING, PARKED, same turn</td>
 *     <td>WAITING(same stage, new turn); attempt + 1 if it was RUNNING</td></tr>
 * <tr><td>job.failed</td><td>WAITING, RUNNING, PARKED, same turn and attempt; or SUBMITTED</td><td>FAILED</td></tr>
 * <tr><td>job.cancelled</td><td>not terminal</td><td>CANCELLED</td></tr>
 * <tr><td>job.deleted</td><td>terminal</td><td>gone</td></tr>
 * </table>
 */
public final class JobFold {

    private JobFold() {}

    /**
     * The job after an event.
     *
     * @param job the job so far, or null where none is known
     * @return the very same object when the event does not fit
     */
    public static @Nullable Job apply(@Nullable Job job, RecordedEvent recorded) {
        if (job == null) {
            return recorded.event() instanceof JobEvent.Submitted submitted ? created(submitted, recorded) : null;
        }
        Phase next = next(job, recorded);
        return next == null ? job : advanced(job, next, recorded);
    }

    /** The phase after an event, or null when it does not fit. */
    private static @Nullable Phase next(Job job, RecordedEvent recorded) {
        Phase phase = job.phase();
        long offset = recorded.offset();
        if (phase instanceof Phase.Deleted || phase instanceof Phase.Unreadable) {
            return null;
        }
        JobEvent event = recorded.event();
        if (event instanceof JobEvent.Submitted) {
            return null;
        } else if (event instanceof JobEvent.Admitted) {
            return phase instanceof Phase.Submitted
                    ? new Waiting(new StageTurn(job.route().get(0), offset))
                    : null;
        } else if (event instanceof JobEvent.Started e) {
            return phase instanceof Waiting w && w.at().is(e.stage(), e.turn())
                    ? new Running(w.at(), e.worker(), e.environment(), offset)
                    : null;
        } else if (event instanceof JobEvent.WhileRunning e) {
            return phase instanceof Running r && r.at().is(e.stage(), e.turn())
                    ? whileRunning(job, r, e, offset)
                    : null;
        } else if (event instanceof JobEvent.Requeued e) {
            return phase instanceof AtStage s && s.at().is(e.stage(), e.turn()) ? requeued(s, offset) : null;
        } else if (event instanceof JobEvent.JobFailed e) {
            return canFail(phase, e) ? new Phase.Failed(e.error()) : null;
        } else if (event instanceof JobEvent.Cancelled e) {
            return phase instanceof Terminal ? null : new Phase.Cancelled(e.by());
        } else if (event instanceof JobEvent.Deleted e) {
            return phase instanceof Terminal ? new Phase.Deleted(e.by()) : null;
        }
        return new Phase.Unreadable(((JobEvent.Unknown) event).type(), offset);
    }

    /** What an event of the running worker makes of its turn. */
    private static @Nullable Phase whileRunning(Job job, Running running, JobEvent.WhileRunning event, long offset) {
        StageTurn at = running.at();
        if (event instanceof JobEvent.Completed) {
            return afterStage(job, at.stage(), offset);
        } else if (event instanceof JobEvent.Failed e) {
            return new Parked(at.nextAttempt(), e.retryAfter(), e.error());
        } else if (event instanceof JobEvent.Yielded) {
            return new Parked(at, Duration.ZERO, null);
        }
        JobEvent.Checkpointed e = (JobEvent.Checkpointed) event;
        return e.step() > at.checkpointStep() ? running.at(at.from(new Checkpoint(e.step(), e.bundle()))) : null;
    }

    private static Phase afterStage(Job job, StageName stage, long offset) {
        return job.stageAfter(stage)
                .<Phase>map(next -> new Waiting(new StageTurn(next, offset)))
                .orElseGet(Phase.Completed::new);
    }

    private static Phase requeued(AtStage phase, long offset) {
        StageTurn at = phase instanceof Running ? phase.at().nextAttempt() : phase.at();
        return new Waiting(at.inTurn(offset));
    }

    private static boolean canFail(Phase phase, JobEvent.JobFailed event) {
        if (phase instanceof Phase.Submitted) {
            return true;
        }
        return phase instanceof AtStage s && s.at().turn() == event.turn() && s.at().attempt() == event.attempt();
    }

    private static Job created(JobEvent.Submitted event, RecordedEvent recorded) {
        return new Job(
                recorded.id(),
                event.tenant(),
                event.origin(),
                event.request(),
                event.route(),
                List.of(),
                new Phase.Submitted(),
                recorded.time(),
                recorded.time(),
                recorded.offset());
    }

    private static Job advanced(Job job, Phase next, RecordedEvent recorded) {
        List<CompletedStage> completed = job.completed();
        if (recorded.event() instanceof JobEvent.Completed done && job.phase() instanceof Running running) {
            completed = new ArrayList<>(completed);
            completed.add(new CompletedStage(
                    done.stage(),
                    running.worker(),
                    running.environment(),
                    done.outputs(),
                    done.timings(),
                    recorded.time()));
        }
        return new Job(
                job.id(),
                job.tenant(),
                job.origin(),
                job.request(),
                job.route(),
                completed,
                next,
                job.submittedAt(),
                recorded.time(),
                recorded.offset());
    }
}
