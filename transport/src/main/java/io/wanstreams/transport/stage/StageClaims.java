package io.wanstreams.transport.stage;

import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase.AtStage;
import io.wanstreams.contracts.job.StageTimings;
import io.wanstreams.contracts.ticket.Ticket;
import io.wanstreams.contracts.ticket.TicketDecision;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.crash.CrashPoint;
import io.wanstreams.transport.log.JobLogReader;
import io.wanstreams.transport.log.JobLogReader.Reading;
import io.wanstreams.transport.log.JobView;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.log.LogPosition;
import io.wanstreams.transport.log.StageTransactions;
import io.wanstreams.transport.progress.Heartbeats;
import io.wanstreams.transport.ticket.DeadLetters;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker says in the log about the stages it runs: that it starts, what came of it. Claims one ticket at a time
 * and may hold many claims at once; thread-safe. The computing stages use it through {@link StageRunner}, a stage that
 * waits for others uses it directly: {@link #claim}, then {@link #run} for the work, then exactly one of {@link
 * #complete}, {@link #fail}, {@link #yieldTurn} or {@link #drop}.
 */
public final class StageClaims implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StageClaims.class);
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final long TRY_AGAIN_MILLIS = 500;
    private static final Duration APPEND_LIMIT = KafkaClients.CALL_TIMEOUT;

    private final WorkerSettings settings;
    private final BundleStore bundles;
    private final Heartbeats heartbeats;
    private final DeadLetters deadLetters;
    private final KafkaJobLog events;
    private final JobLogReader reader;
    private final StageTransactions transactions;
    private final ClaimWatch watch;
    private final CheckpointThread saves;

    /**
     * Opens what is needed; the clients, bundles, heartbeats and dead letters stay the caller's.
     *
     * @throws TransportException when there is no job log, or no broker
     */
    public StageClaims(
            KafkaClients clients,
            BundleStore bundles,
            Heartbeats heartbeats,
            DeadLetters deadLetters,
            WorkerSettings settings) {
        this.settings = settings;
        this.bundles = bundles;
        this.heartbeats = heartbeats;
        this.deadLetters = deadLetters;
        this.reader = new JobLogReader(clients);
        this.events = new KafkaJobLog(clients, settings.source());
        this.transactions = new StageTransactions(clients, "wan-" + settings.worker(), settings.source());
        this.watch = new ClaimWatch(clients, settings.worker());
        this.saves = new CheckpointThread(settings.worker());
    }

    /**
     * Ends what a former self of this worker left open; takes about 100 ms and saves them at the first completion.
     *
     * @throws TransportException when the broker does not answer in time
     */
    public void open() {
        transactions.open();
    }

    /**
     * Tries to win the stage that a ticket is for. Empty: the job has moved on or another worker was first, and the
     * ticket has done its duty, or it was never a true one. In all cases accept the ticket now.
     *
     * @param takenAtNanos when the ticket came, for the timings
     * @throws TransportException when that cannot be told in time: leave the ticket, it comes back
     */
    public Optional<StageClaim> claim(Ticket ticket, long takenAtNanos) throws InterruptedException {
        CrashPoint.TICKET_IN_HAND.reached(ticket.stage(), ticket.job().id());
        Optional<String> objection = reader.objectionTo(ticket.upTo());
        if (objection.isPresent()) {
            return notWon(ticket, objection.get());
        }
        long deadline = System.nanoTime() + settings.claimPatience().toNanos();
        Optional<Reading> before = readPast(JobView.of(ticket), ticket.turn(), deadline);
        if (before.isEmpty()) {
            return notWon(ticket, "the log does not reach as far as the ticket says");
        }
        JobView seen = before.get().view();
        if (!(TicketDecision.of(ticket, seen.job(), before.get().confirmedTo()) instanceof TicketDecision.Start)) {
            return notWon(ticket, "the job has moved on");
        }
        LogPosition own = append(
                seen.id(),
                new JobEvent.Started(ticket.stage(), ticket.turn(), settings.worker(), settings.environment()));
        Optional<JobView> after = readPast(seen, own.offset(), deadline).map(Reading::view);
        if (after.isEmpty()
                || !TicketDecision.isClaimed(after.get().job(), ticket.stage(), ticket.turn(), own.offset())) {
            return notWon(ticket, "another worker was first");
        }
        StageClaim claim = new StageClaim(after.get(), own.offset(), takenAtNanos, heartbeats);
        CrashPoint.STARTED.reached(claim.stage(), seen.id());
        watch.add(claim);
        log.atInfo()
                .addKeyValue("jobId", seen.id())
                .addKeyValue("stage", ticket.stage())
                .addKeyValue("turn", ticket.turn())
                .addKeyValue("attempt", claim.attempt())
                .addKeyValue("worker", settings.worker())
                .log("Stage started");
        return Optional.of(claim);
    }

    private static Optional<StageClaim> notWon(Ticket ticket, String reason) {
        log.atInfo()
                .addKeyValue("jobId", ticket.job().id())
                .addKeyValue("stage", ticket.stage())
                .addKeyValue("turn", ticket.turn())
                .addKeyValue("reason", reason)
                .log("Ticket has done its duty");
        return Optional.empty();
    }

    /** What the stage of a claim works with. */
    public StageRun run(StageClaim claim) {
        return new ClaimedRun(
                claim, bundles, event -> append(claim.job().id(), event), saves, settings.completePatience());
    }

    /**
     * Appends {@code stage.completed} and the next ticket. Waits for a broker that is away; reads the log after each
     * unclear error and appends again only if nothing was there.
     *
     * @return whether the result counts; false when the run was no longer wanted
     * @throws TransportException when the broker stays away longer than the worker's patience
     */
    public boolean complete(StageClaim claim, StageOutput output) throws InterruptedException {
        claim.finishing();
        JobEvent event =
                new JobEvent.Completed(claim.stage(), claim.turn(), output.outputs(), timings(claim, output.compute()));
        long deadline = System.nanoTime() + settings.completePatience().toNanos();
        boolean unclear = false;
        while (true) {
            try {
                if (unclear) {
                    // Only a new producer makes sure that the last transaction is over, one way or the other.
                    transactions.open();
                    claim.advance(reader.readToEnd(claim.view()).view());
                }
                // One look for both: the watch may learn meanwhile that the run is lost.
                JobView view = claim.view();
                if (!claim.isHeldIn(view)) {
                    boolean counted = isIn(view, claim, output);
                    return ended(claim, counted ? "Stage completed" : "Result came too late", counted);
                }
                CrashPoint.BEFORE_COMPLETION.reached(claim.stage(), view.id());
                transactions.append(view, event);
                CrashPoint.AFTER_COMPLETION.reached(claim.stage(), view.id());
                return ended(claim, "Stage completed", true);
            } catch (TransportException e) {
                if (System.nanoTime() > deadline) {
                    ended(claim, "Stage result not written", false);
                    throw e;
                }
                log.atWarn()
                        .addKeyValue("jobId", claim.job().id())
                        .addKeyValue("error", e.getMessage())
                        .log("Completion unclear, looking into the log");
                unclear = true;
                Thread.sleep(TRY_AGAIN_MILLIS);
            }
        }
    }

    /**
     * Says that the attempt failed: {@code stage.failed} for an error that another attempt may not meet, {@code
     * job.failed} and a dead letter for one that every attempt will, nothing for a run that was lost, {@code stage.yielded} when this worker
     * stops. An event that cannot be written is logged: the dispatcher notices the silence.
     */
    public void fail(StageClaim claim, StageException failure) {
        if (failure instanceof RetriableStageException retriable) {
            awaitCheckpoint();
            JobError error = new JobError(retriable.code(), String.valueOf(failure.getMessage()));
            end(
                    claim,
                    new JobEvent.Failed(claim.stage(), claim.turn(), error, settings.retryAfter(attemptNow(claim))),
                    "Stage failed",
                    failure);
        } else if (failure instanceof PermanentStageException permanent) {
            JobError error = new JobError(permanent.code(), String.valueOf(failure.getMessage()));
            putAside(claim, error);
            end(claim, new JobEvent.JobFailed(claim.turn(), attemptNow(claim), error), "Job failed", failure);
        } else if (((StageAbandonedException) failure).reason() == StageAbandonedException.Reason.STOPPING) {
            yieldTurn(claim);
        } else {
            drop(claim);
        }
    }

    /** Says that this worker leaves in good order. */
    public void yieldTurn(StageClaim claim) {
        end(claim, new JobEvent.Yielded(claim.stage(), claim.turn()), "Stage yielded", null);
    }

    /** Forgets a claim that was lost; nothing is written. */
    public void drop(StageClaim claim) {
        ended(claim, "Run dropped", false);
    }

    private void putAside(StageClaim claim, JobError error) {
        try {
            deadLetters.write(claim.job().id(), claim.view().upTo().partition(), claim.turn(), error);
        } catch (TransportException e) {
            log.atWarn()
                    .addKeyValue("jobId", claim.job().id())
                    .addKeyValue("error", e.getMessage())
                    .log("Dead letter not written");
        }
    }

    /** One that comes after the failure would not fit any more. */
    private void awaitCheckpoint() {
        try {
            saves.awaitIdle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it is this very result that ended the stage. */
    private boolean isIn(JobView view, StageClaim claim, StageOutput output) {
        int before = claim.job().completed().size();
        if (view.job() == null || view.job().completed().size() <= before) {
            return false;
        }
        CompletedStage done = view.job().completed().get(before);
        return done.worker().equals(settings.worker()) && done.outputs().equals(output.outputs());
    }

    /** A failure whose kind nobody has said: another attempt may succeed. */
    static RetriableStageException unexpected(Throwable failure) {
        FailureCode code = failure instanceof OutOfMemoryError ? FailureCode.OUT_OF_MEMORY : FailureCode.STAGE_FAILED;
        return new RetriableStageException(
                code, "The stage ended with an unexpected " + failure.getClass().getSimpleName() + ".", failure);
    }

    @Override
    public void close() {
        saves.close();
        watch.close();
        transactions.close();
        events.close();
        reader.close();
    }

    /**
     * Reads until the log bears the view out past that offset: an open transaction elsewhere can hide it for seconds.
     * Empty when it does not in time: the ticket was made up, and the dispatcher sees to a job that still waits.
     */
    private Optional<Reading> readPast(JobView from, long offset, long deadline) throws InterruptedException {
        Reading reading = reader.readToEnd(from);
        while (reading.confirmedTo() <= offset || reading.end() < from.upTo().next()) {
            if (System.nanoTime() > deadline) {
                return Optional.empty();
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
            reading = reader.readToEnd(reading.view());
        }
        return Optional.of(reading);
    }

    private LogPosition append(JobId id, JobEvent event) throws InterruptedException {
        try {
            return events.append(id, event).get(APPEND_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TransportException known
                    ? known
                    : new TransportException("An event of job " + id + " was not written", e);
        } catch (TimeoutException e) {
            throw new TransportException("An event of job " + id + " was not acknowledged in time", e);
        }
    }

    /** A checkpoint of this very run counts attempts anew, and an event about the job must name the attempt it is at. */
    private int attemptNow(StageClaim claim) {
        try {
            claim.advance(reader.readToEnd(claim.view()).view());
        } catch (TransportException e) {
            log.atDebug().addKeyValue("jobId", claim.job().id()).log("Attempt taken from an older view");
        }
        JobView view = claim.view();
        return view.job() != null && view.job().phase() instanceof AtStage here
                ? here.at().attempt()
                : claim.attempt();
    }

    private void end(StageClaim claim, JobEvent event, String phrase, @Nullable Throwable why) {
        if (claim.hasEnded()) {
            return;
        }
        claim.finishing();
        // A worker that stops by interruption still says so.
        boolean interrupted = Thread.interrupted();
        try {
            append(claim.job().id(), event);
            if (why != null) {
                log.atWarn()
                        .addKeyValue("jobId", claim.job().id())
                        .setCause(why)
                        .log("Attempt failed");
            }
            ended(claim, phrase, true);
        } catch (TransportException e) {
            log.atWarn()
                    .addKeyValue("jobId", claim.job().id())
                    .addKeyValue("error", e.getMessage())
                    .log("End of the run not written, the dispatcher will notice");
            ended(claim, "Run dropped", false);
        } catch (InterruptedException e) {
            interrupted = true;
            ended(claim, "Run dropped", false);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ended(StageClaim claim, String phrase, boolean counted) {
        claim.end();
        watch.remove(claim);
        log.atInfo()
                .addKeyValue("jobId", claim.job().id())
                .addKeyValue("stage", claim.stage())
                .addKeyValue("turn", claim.turn())
                .addKeyValue("worker", settings.worker())
                .log(phrase);
        return counted;
    }

    private static StageTimings timings(StageClaim claim, Duration compute) {
        long workMillis = (System.nanoTime() - claim.claimedAtNanos()) / 1_000_000;
        return new StageTimings(claim.claimNanos() / 1_000_000, workMillis, compute.toMillis());
    }
}
