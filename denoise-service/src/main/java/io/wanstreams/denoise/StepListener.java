package io.wanstreams.denoise;

import io.wanstreams.inference.pipeline.DenoiseLoop;
import io.wanstreams.inference.scheduler.DenoiseStep;
import io.wanstreams.inference.scheduler.Solver;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.transport.stage.StageAbandonedException;
import io.wanstreams.transport.stage.StageException;
import io.wanstreams.transport.stage.StageRun;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What happens between two steps of a run: report, show a picture, make a checkpoint when one is due, stop when nobody wants more. */
final class StepListener implements DenoiseLoop.Listener {

    private final StageRun run;
    private final StageShare share;
    private final LatentShape shape;
    private final CheckpointRule rule;
    private final StepPreviews previews;
    private final LongSupplier nanoTime;

    private final int firstStep;
    private int checkpointStep;
    private long checkpointAt;
    private long stepBegan;
    private long computeNanos;
    private @Nullable StageException refusal;

    /** @param nextStep the step that comes first; what is before it needs no checkpoint */
    StepListener(
            StageRun run,
            StageShare share,
            LatentShape shape,
            CheckpointRule rule,
            int nextStep,
            StepPreviews previews,
            LongSupplier nanoTime) {
        this.run = run;
        this.share = share;
        this.shape = shape;
        this.rule = rule;
        this.previews = previews;
        this.nanoTime = nanoTime;
        this.firstStep = nextStep;
        this.checkpointStep = nextStep;
        this.checkpointAt = nanoTime.getAsLong();
        this.stepBegan = checkpointAt;
    }

    @Override
    public boolean stepped(DenoiseStep step, Solver solver) {
        computeNanos += nanoTime.getAsLong() - stepBegan;
        try {
            run.progress(solver.nextStep() - share.first(), share.steps());
            previews.stepped(step, solver);
            beginCheckpointIfDue(solver);
            return true;
        } catch (StageException e) {
            refusal = e;
        } finally {
            stepBegan = nanoTime.getAsLong();
        }
        return false;
    }

    /** Costs the computing thread nothing: the solver never changes an array that it has handed out. */
    private void beginCheckpointIfDue(Solver solver) {
        Duration since = Duration.ofNanos(nanoTime.getAsLong() - checkpointAt);
        // What the stage hands over at its end serves as well as a checkpoint there.
        if (solver.nextStep() < share.end() && rule.isDue(solver.nextStep() - checkpointStep, since)) {
            begin(solver);
        }
    }

    private void begin(Solver solver) {
        Map<String, float[]> state = solver.save();
        if (run.beginCheckpoint(solver.nextStep(), () -> StageTensors.state(state, shape))) {
            checkpointStep = solver.nextStep();
            checkpointAt = nanoTime.getAsLong();
        }
    }

    /** Ends a loop that was stopped: throws what stopped it. */
    void rethrow(Solver solver) throws StageException, InterruptedException {
        if (refusal instanceof StageAbandonedException leaving) {
            throw leave(leaving, solver);
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /** A worker that stops in good order saves what it has: the next goes on from there. */
    StageAbandonedException leave(StageAbandonedException leaving, Solver solver) throws InterruptedException {
        if (leaving.reason() == StageAbandonedException.Reason.STOPPING && solver.nextStep() > firstStep) {
            try {
                run.checkpoint(solver.nextStep(), StageTensors.state(solver.save(), shape));
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
