package io.wanstreams.gateway.dispatch;

import io.wanstreams.contracts.dispatch.Dispatch;
import io.wanstreams.contracts.dispatch.DispatchRules;
import io.wanstreams.contracts.dispatch.Observation;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.ProgressBoard;
import io.wanstreams.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every job that is not over and writes what the rules say. Judges silence by its own monotonic clock, from the
 * later of three times: when the job came into its state, when it was last heard of, and since when this dispatcher has
 * seen and heard without a gap. Used by one thread; two of them at once are harmless.
 */
public final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    /** A job in one state: anew after every event that counted. */
    private static final class Watch {
        final long changedOffset;
        final @Nullable StageName waitsFor;
        final long sinceNanos;

        @Nullable
        Long writtenNanos;

        @Nullable
        Long overtakenNanos;

        Watch(Job job, long sinceNanos) {
            this.changedOffset = job.changedOffset();
            this.waitsFor =
                    job.phase() instanceof Phase.Waiting waiting ? waiting.at().stage() : null;
            this.sinceNanos = sinceNanos;
        }
    }

    private final JobBoard board;
    private final ProgressBoard progress;
    private final TicketWatch tickets;
    private final Senses senses;
    private final DispatchWriter writer;
    private final DispatchSettings settings;
    private final DispatchRules rules;
    private final LongSupplier nanoTime;
    private final InstantSource logTime;
    private final Map<JobId, Watch> watches = new HashMap<>();
    private final Overtaking overtaking = new Overtaking();
    private @Nullable Long clearSince;

    /**
     * A dispatcher that has seen nothing yet.
     *
     * @param nanoTime a monotonic clock
     * @param logTime the broker's time, tells only whether a deadline has passed
     */
    public Dispatcher(
            JobBoard board,
            ProgressBoard progress,
            OpenTickets tickets,
            Senses senses,
            DispatchWriter writer,
            DispatchSettings settings,
            LongSupplier nanoTime,
            InstantSource logTime) {
        this.board = board;
        this.progress = progress;
        this.tickets = new TicketWatch(tickets, settings.ticketLook());
        this.senses = senses;
        this.writer = writer;
        this.settings = settings;
        this.rules = new DispatchRules(settings.attemptLimit());
        this.nanoTime = nanoTime;
        this.logTime = logTime;
    }

    /** Begins anew, as after an election: nothing that another saw counts, every window of time is observed in full. */
    public void takeOver() {
        watches.clear();
        tickets.forget();
        overtaking.forget();
        clearSince = null;
    }

    /** Looks once at every live job. */
    public void tick() {
        long now = nanoTime.getAsLong();
        if (!senses.areClear()) {
            clearSince = null;
            return;
        }
        if (clearSince == null) {
            clearSince = now;
        }
        List<BoardJob> live = List.copyOf(board.live());
        keepWatches(live, now);
        Room room = new Room(settings.window(), settings.tenantWindow());
        live.stream().filter(job -> takesRoom(job, now)).forEach(room::take);
        for (BoardJob job : live) {
            Watch watch = watches.get(job.job().id());
            if (watch == null || isGivenTime(watch, now)) {
                continue;
            }
            Dispatch dispatch = rules.decide(job.job(), observe(job.job(), watch, clearSince, now, room.isFor(job)))
                    .orElse(null);
            if (dispatch == null) {
                continue;
            }
            if (dispatch instanceof Dispatch.Admit) {
                room.take(job);
            }
            watch.writtenNanos = now;
            if (!write(job, dispatch)) {
                return;
            }
        }
    }

    private void keepWatches(List<BoardJob> live, long now) {
        Set<JobId> ids = new HashSet<>();
        for (BoardJob job : live) {
            ids.add(job.job().id());
            watches.compute(job.job().id(), (id, watch) -> keepWatch(watch, job.job(), now));
        }
        watches.keySet().retainAll(ids);
    }

    private Watch keepWatch(@Nullable Watch before, Job job, long now) {
        if (before != null && before.changedOffset == job.changedOffset()) {
            return before;
        }
        Watch watch = new Watch(job, now);
        if (before != null && before.waitsFor != null && before.waitsFor != watch.waitsFor) {
            overtaking.started(before.waitsFor, job.request().model(), before.sinceNanos);
        }
        return watch;
    }

    /** Admitted jobs do, and those whose admission has been written and is not on the board yet. */
    private boolean takesRoom(BoardJob job, long now) {
        Watch watch = watches.get(job.job().id());
        return job.job().phase() instanceof Phase.AtStage || (watch != null && isGivenTime(watch, now));
    }

    private boolean isGivenTime(Watch watch, long now) {
        return watch.writtenNanos != null && !isOver(settings.patience(), watch.writtenNanos, now);
    }

    private Observation observe(Job job, Watch watch, long clearSinceNanos, long now, boolean hasRoom) {
        Phase phase = job.phase();
        long since = Math.max(watch.sinceNanos, clearSinceNanos);
        return new Observation(
                hasRoom,
                phase instanceof Phase.Parked parked && isOver(backOff(parked), watch.sinceNanos, now),
                phase instanceof Phase.Running && isOver(settings.workerSilence(), lastHeard(job, since), now),
                phase instanceof Phase.Waiting waiting
                        && (isTicketMissing(job, waiting.at(), since, now)
                                || isOvertaken(job, waiting.at(), watch, since, now)),
                isDeadlinePassed(job));
    }

    private Duration backOff(Phase.Parked parked) {
        return parked.retryAfter().compareTo(settings.leastBackOff()) < 0
                ? settings.leastBackOff()
                : parked.retryAfter();
    }

    private long lastHeard(Job job, long since) {
        OptionalLong heard = progress.lastHeardNanos(job);
        return heard.isPresent() ? Math.max(since, heard.getAsLong()) : since;
    }

    private boolean isTicketMissing(Job job, StageTurn at, long since, long now) {
        // Most jobs find a worker soon; only those that wait long are worth asking the broker about.
        if (!isOver(settings.ticketLook(), since, now)) {
            return false;
        }
        OptionalLong noneOpen = tickets.noneOpenSince(at.stage(), job.request().model(), now);
        return noneOpen.isPresent() && isOver(settings.ticketSilence(), Math.max(since, noneOpen.getAsLong()), now);
    }

    /** In a topic where some tickets are always open: others that came later had theirs. A lease may still end first. */
    private boolean isOvertaken(Job job, StageTurn at, Watch watch, long since, long now) {
        if (!overtaking.isOvertaken(at.stage(), job.request().model(), since, settings.ticketSilence())) {
            watch.overtakenNanos = null;
            return false;
        }
        if (watch.overtakenNanos == null) {
            watch.overtakenNanos = now;
        }
        return isOver(settings.ticketSilence(), watch.overtakenNanos, now);
    }

    private boolean isDeadlinePassed(Job job) {
        Instant deadline = job.submittedAt().plus(job.request().deadline());
        return !logTime.instant().isBefore(deadline);
    }

    private boolean write(BoardJob job, Dispatch dispatch) {
        try {
            writer.write(job, dispatch);
            log.atInfo()
                    .addKeyValue("jobId", job.job().id())
                    .addKeyValue("decision", dispatch.getClass().getSimpleName())
                    .log("Dispatched");
            return true;
        } catch (TransportException e) {
            log.atWarn()
                    .addKeyValue("jobId", job.job().id())
                    .addKeyValue("error", e.getMessage())
                    .log("Dispatch not confirmed, looking at the log again");
            return false;
        }
    }

    private static boolean isOver(Duration limit, long sinceNanos, long now) {
        return now - sinceNanos >= limit.toNanos();
    }
}
