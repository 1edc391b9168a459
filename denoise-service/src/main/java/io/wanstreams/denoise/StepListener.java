package io.wanstreams.denoise;

import io.wanstreams.inference.pipeline.DenoiseLoop;
import io.wanstreams.inference.scheduler.DenoiseStep;
import io.wanstreams.inference.scheduler.Solver;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.transport.stage.StageAbandonedException;
import io.wanstreams.transport.stage.StageException;
import io.wanstreams.transport.stage.StageRun;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What happens between two steps of a run: report, make a checkpoint when one is due, stop when nobody wants more. */
final class StepListener implements DenoiseLoop.Listener {

    private final StageRun run;
    private final StageShare share;
    private final LatentShape shape;
    private final CheckpointRule rule;
    private final LongSupplier nanoTime;

    private int checkpointStep;
    private long checkpointAt;
    private long stepBegan;
    private long computeNanos;
    private @Nullable StageException refusal;
    private @Nullable InterruptedException interrupt;

    /** @param nextStep the step that comes first; what is before it needs no checkpoint */
    StepListener(
            StageRun run,
            StageShare share,
            LatentShape shape,
            CheckpointRule rule,
            int nextStep,
            LongSupplier nanoTime) {
        this.run = run;
        this.share = share;
        this.shape = shape;
        this.rule = rule;
        this.nanoTime = nanoTime;
        this.checkpointStep = nextStep;
        this.checkpointAt = nanoTime.getAsLong();
        this.stepBegan = checkpointAt;
    }

    @Override
    public boolean stepped(DenoiseStep step, Solver solver) {
        computeNanos += nanoTime.getAsLong() - stepBegan;
        try {
            run.progress(solver.nextStep() - share.first(), share.steps());
            checkpointIfDue(solver);
            return true;
        } catch (StageException e) {
            refusal = e;
        } catch (InterruptedException e) {
            interrupt = e;
        } finally {
            stepBegan = nanoTime.getAsLong();
        }
        return false;
    }

    private void checkpointIfDue(Solver solver) throws StageException, InterruptedException {
        Duration since = Duration.ofNanos(nanoTime.getAsLong() - checkpointAt);
        // What the stage hands over at its end serves as well as a checkpoint there.
        if (solver.nextStep() < share.end() && rule.isDue(solver.nextStep() - checkpointStep, since)) {
            checkpoint(solver);
        }
    }

    private void checkpoint(Solver solver) throws StageException, InterruptedException {
        run.checkpoint(solver.nextStep(), StageTensors.state(solver, shape));
        checkpointStep = solver.nextStep();
        checkpointAt = nanoTime.getAsLong();
    }

    /** Ends a loop that was stopped: throws what stopped it. */
    void rethrow(Solver solver) throws StageException, InterruptedException {
        if (interrupt != null) {
            throw interrupt;
        }
        if (refusal instanceof StageAbandonedException leaving) {
            throw leave(leaving, solver);
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /** A worker that stops in good order saves what it has: the next goes on from there. */
    StageAbandonedException leave(StageAbandonedException leaving, Solver solver) throws InterruptedException {
        if (leaving.reason() == StageAbandonedException.Reason.STOPPING && solver.nextStep() > checkpointStep) {
            try {
                checkpoint(solver);
            } catch (StageException e) {
                leaving.addSuppressed(e);
            }
        }
        return leaving;
    }

    Duration compute() {
        return Duration.ofNanos(computeNanos);
    }
}
