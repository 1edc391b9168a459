package io.wanstreams.transport.stage;

import io.wanstreams.contracts.job.Checkpoint;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase.Running;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.ticket.TicketDecision;
import io.wanstreams.transport.log.JobView;
import io.wanstreams.transport.progress.Heartbeats;
import io.wanstreams.transport.stage.StageAbandonedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stage of a job that this worker has won: its own {@code stage.started} is the one that counts. Knows at any time
 * whether that is still so, as far as the log has been followed. Thread-safe.
 */
public final class StageClaim {

    private static final Logger log = LoggerFactory.getLogger(StageClaim.class);

    private final Job job;
    private final StageName stage;
    private final long turn;
    private final long startedOffset;
    private final int attempt;
    private final @Nullable Checkpoint checkpoint;
    private final long claimedAtNanos;
    private final long claimNanos;
    private final Heartbeats.Beat beat;
    private final List<Runnable> actions = new ArrayList<>();
    private JobView view;
    private @Nullable Reason abandoned;
    private boolean interrupted;
    private boolean finishing;
    private boolean ended;

    StageClaim(JobView view, long startedOffset, long takenAtNanos, Heartbeats heartbeats) {
        if (view.job() == null || !(view.job().phase() instanceof Running running)) {
            throw new IllegalArgumentException("Job " + view.id() + " is not running");
        }
        this.job = view.job();
        this.view = view;
        this.stage = running.at().stage();
        this.turn = running.at().turn();
        this.attempt = running.at().attempt();
        this.checkpoint = running.at().checkpoint();
        this.startedOffset = startedOffset;
        this.claimedAtNanos = System.nanoTime();
        this.claimNanos = claimedAtNanos - takenAtNanos;
        this.beat = heartbeats.start(job.id(), stage, turn, running.worker());
    }

    /** The job as it was claimed. */
    public Job job() {
        return job;
    }

    public StageName stage() {
        return stage;
    }

    public long turn() {
        return turn;
    }

    /** Counts from 1, anew after each checkpoint. */
    public int attempt() {
        return attempt;
    }

    /** Where to go on from. */
    public Optional<Checkpoint> checkpoint() {
        return Optional.ofNullable(checkpoint);
    }

    /** That {@code step} of {@code of} steps are done; told to the listeners of progress. Never waits. */
    public void progress(int step, int of) {
        beat.progress(step, of);
    }

    /** A picture of where the stage is. Never waits. */
    void preview(int step, int of, Supplier<byte[]> jpeg) {
        beat.preview(step, of, jpeg);
    }

    /**
     * Whether the run is still wanted.
     *
     * @throws StageAbandonedException when it is not
     */
    public synchronized void ensureWanted() throws StageAbandonedException {
        if (abandoned != null) {
            throw new StageAbandonedException(abandoned);
        }
    }

    /** Why the run is no longer wanted; empty while it is. */
    public synchronized Optional<Reason> abandoned() {
        return Optional.ofNullable(abandoned);
    }

    /** To be called once when what the stage computes is no longer wanted, from another thread; at once if that is so already. */
    public void onAbandoned(Runnable action) {
        synchronized (this) {
            if (!interrupted) {
                actions.add(action);
                return;
            }
        }
        run(action);
    }

    /** The job as far as the log has been followed. */
    synchronized JobView view() {
        return view;
    }

    long claimNanos() {
        return claimNanos;
    }

    long claimedAtNanos() {
        return claimedAtNanos;
    }

    /** Whether the log, as far as this view goes, still names this run. */
    boolean isHeldIn(JobView seen) {
        return TicketDecision.isClaimed(seen.job(), stage, turn, startedOffset);
    }

    void seen(RecordedEvent event) {
        advance(view().after(event));
    }

    /** Takes over a view that goes further; one that does not is ignored. */
    void advance(JobView further) {
        boolean lost;
        synchronized (this) {
            if (further.upTo().next() <= view.upTo().next()) {
                return;
            }
            view = further;
            lost = !isHeldIn(further) && !finishing;
        }
        if (lost) {
            abandon(Reason.LOST);
        }
    }

    /**
     * Tells the run to end; the first reason stays, except that a lost run is lost. A lost run is interrupted within its
     * step; one whose worker stops may finish it, until {@link #interruptStep}.
     */
    void abandon(Reason reason) {
        synchronized (this) {
            if (finishing || (abandoned != null && reason != Reason.LOST)) {
                return;
            }
            abandoned = reason;
        }
        log.atInfo()
                .addKeyValue("jobId", job.id())
                .addKeyValue("stage", stage)
                .addKeyValue("turn", turn)
                .addKeyValue("reason", reason)
                .log("Run no longer wanted");
        if (reason == Reason.LOST) {
            interruptStep();
        }
    }

    /** Ends what the stage computes right now. */
    void interruptStep() {
        List<Runnable> toRun;
        synchronized (this) {
            if (finishing) {
                return;
            }
            interrupted = true;
            toRun = List.copyOf(actions);
            actions.clear();
        }
        toRun.forEach(StageClaim::run);
    }

    /** From here on the run's own last event is what ends the claim: nothing is interrupted any more. */
    synchronized void finishing() {
        finishing = true;
    }

    void end() {
        synchronized (this) {
            finishing = true;
            ended = true;
        }
        beat.close();
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("Action on an unwanted run failed");
        }
    }
}
