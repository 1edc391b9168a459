package io.wanstreams.denoise;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Checkpoint;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.inference.memory.NotEnoughMemoryException;
import io.wanstreams.inference.noise.TorchNoise;
import io.wanstreams.inference.pipeline.DenoiseLoop;
import io.wanstreams.inference.pipeline.GuidedModel;
import io.wanstreams.inference.pipeline.ImageConditioning;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.scheduler.Guidance;
import io.wanstreams.inference.scheduler.Solver;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.CancelledException;
import io.wanstreams.inference.session.InferenceException;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.transport.service.StageFailures;
import io.wanstreams.transport.stage.PermanentStageException;
import io.wanstreams.transport.stage.RetriableStageException;
import io.wanstreams.transport.stage.Stage;
import io.wanstreams.transport.stage.StageAbandonedException;
import io.wanstreams.transport.stage.StageException;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.stage.StageRun;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A denoise stage's work for one job: takes the steps of its expert and hands the latents on. */
final class DenoiseStage implements Stage {

    private static final Logger log = LoggerFactory.getLogger(DenoiseStage.class);
    private static final StageFailures FAILURES = new StageFailures("a video of this size");

    private final ExpertModel model;
    private final CheckpointRule rule;
    private final PreviewRule previews;
    private final LongSupplier nanoTime;

    DenoiseStage(ExpertModel model, CheckpointRule rule, PreviewRule previews, LongSupplier nanoTime) {
        this.model = model;
        this.rule = rule;
        this.previews = previews;
        this.nanoTime = nanoTime;
    }

    @Override
    public StageOutput run(StageRun run) throws StageException, InterruptedException {
        try {
            StageShare share = StageShare.of(
                    run.stage(), run.request().denoise(), model.facts().trainTimesteps());
            return denoise(run, share, model.facts().latentsOf(run.request()));
        } catch (IllegalArgumentException e) {
            throw new PermanentStageException(
                    FailureCode.STAGE_FAILED, "The request does not fit the model: " + e.getMessage(), e);
        } catch (NotEnoughMemoryException e) {
            throw new PermanentStageException(FailureCode.OUT_OF_MEMORY, String.valueOf(e.getMessage()), e);
        } catch (InferenceException e) {
            throw FAILURES.of(e);
        } catch (OutOfMemoryError e) {
            throw FAILURES.of(e);
        }
    }

    private StageOutput denoise(StageRun run, StageShare share, LatentShape shape)
            throws StageException, InterruptedException {
        Cancellation cancellation = new Cancellation();
        run.onAbandoned(cancellation::cancel);
        Safetensors conditioning = run.readTensors(run.input(StageOutputs.CONDITIONING));
        ImageConditioning image = StageTensors.image(conditioning, shape);
        GuidedModel guided = guided(run, share.expert(), conditioning, shape, image, cancellation);
        Solver solver = solver(run, share, shape);
        run.progress(solver.nextStep() - share.first(), share.steps());
        StepPreviews shown = new StepPreviews(run, share, shape, previews, solver.latents(), nanoTime);
        StepListener listener = new StepListener(run, share, shape, rule, solver.nextStep(), shown, nanoTime);
        try {
            DenoiseLoop.run(share.plan(), solver, Map.of(share.expert(), guided), listener);
        } catch (CancelledException e) {
            throw cancelled(run, listener, solver);
        }
        listener.rethrow(solver);
        BundleRef latents = run.writeTensors(
                share.isContinued()
                        ? StageTensors.state(solver.save(), shape)
                        : StageTensors.latents(image.finished(solver.latents()), shape));
        return new StageOutput(StageOutputs.ofBundles(Map.of(StageOutputs.LATENTS, latents)), listener.compute());
    }

    private GuidedModel guided(
            StageRun run,
            Expert expert,
            Safetensors conditioning,
            LatentShape shape,
            ImageConditioning image,
            Cancellation cancellation)
            throws StageException {
        int textWidth = model.facts().textWidth();
        return new GuidedModel(
                model.forLatents(shape, image, cancellation),
                model.besideForLatents(shape, image, cancellation).orElse(null),
                guidance(run.request().denoise(), expert),
                StageTensors.text(conditioning, StageTensors.POSITIVE, textWidth),
                StageTensors.text(conditioning, StageTensors.NEGATIVE, textWidth));
    }

    private static Guidance guidance(DenoiseSettings settings, Expert expert) {
        return new Guidance((float) (expert == Expert.LOW ? settings.guidanceScale2() : settings.guidanceScale()));
    }

    /** From a checkpoint of this stage, else from what the stage before left, else from noise. */
    private static Solver solver(StageRun run, StageShare share, LatentShape shape)
            throws StageException, InterruptedException {
        Optional<Checkpoint> checkpoint = run.checkpoint();
        if (checkpoint.isPresent()) {
            try {
                Safetensors saved = run.readTensors(checkpoint.get().bundle());
                return StageTensors.solver(saved, share.plan(), checkpoint.get().step(), shape);
            } catch (PermanentStageException e) {
                // Checkpoints are kept for hours, the stage's inputs for days: what is lost is time.
                log.atWarn()
                        .addKeyValue("jobId", run.job().id())
                        .addKeyValue("stage", run.stage())
                        .addKeyValue("error", e.getMessage())
                        .log("Checkpoint cannot be used, beginning anew");
            }
        }
        if (share.expert() == Expert.LOW) {
            Safetensors saved = run.readTensors(run.input(StageOutputs.LATENTS));
            return StageTensors.solver(saved, share.plan(), share.first(), shape);
        }
        return Solver.start(share.plan(), noise(run, shape));
    }

    private static float[] noise(StageRun run, LatentShape shape) throws StageException, InterruptedException {
        BundleRef given = run.request().denoise().noise();
        return given == null
                ? TorchNoise.randn(run.request().denoise().seed(), shape.elements())
                : StageTensors.noise(run.readTensors(given), shape);
    }

    private static StageException cancelled(StageRun run, StepListener listener, Solver solver)
            throws InterruptedException {
        try {
            run.ensureWanted();
        } catch (StageAbandonedException e) {
            return listener.leave(e, solver);
        } catch (StageException e) {
            return e;
        }
        return new RetriableStageException(
                FailureCode.STAGE_FAILED, "A pass of the transformer ended before its time, though the job is wanted.");
    }
}
