package io.wanstreams.encoder;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.CancelledException;
import io.wanstreams.inference.session.InferenceException;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.service.StageFailures;
import io.wanstreams.transport.stage.RetriableStageException;
import io.wanstreams.transport.stage.Stage;
import io.wanstreams.transport.stage.StageException;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.stage.StageRun;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The encode stage's work for one job: both prompts become rows. Only the rows of tokens are handed on; the transformer
 * pads them with zeros.
 */
final class EncodeStage implements Stage {

    private static final StageFailures FAILURES = new StageFailures("this text encoder");
    static final String POSITIVE = "text.positive";
    static final String NEGATIVE = "text.negative";

    private static final int PROMPTS = 2;

    private final PromptEncoder encoder;
    private final LongSupplier nanoTime;

    EncodeStage(PromptEncoder encoder, LongSupplier nanoTime) {
        this.encoder = encoder;
        this.nanoTime = nanoTime;
    }

    @Override
    public StageOutput run(StageRun run) throws StageException, InterruptedException {
        Cancellation cancellation = new Cancellation();
        run.onAbandoned(cancellation::cancel);
        run.progress(0, PROMPTS);
        long began = nanoTime.getAsLong();
        Tensor positive = encode(run, StageOutputs.PROMPT, cancellation);
        run.progress(1, PROMPTS);
        Tensor negative = encode(run, StageOutputs.NEGATIVE_PROMPT, cancellation);
        Duration compute = Duration.ofNanos(nanoTime.getAsLong() - began);
        run.progress(PROMPTS, PROMPTS);
        BundleRef conditioning = run.writeTensors(Map.of(POSITIVE, positive, NEGATIVE, negative));
        return new StageOutput(StageOutputs.ofBundles(Map.of(StageOutputs.CONDITIONING, conditioning)), compute);
    }

    private Tensor encode(StageRun run, String name, Cancellation cancellation) throws StageException {
        String prompt = run.inputText(name);
        try {
            return encoder.rows(prompt, cancellation);
        } catch (CancelledException e) {
            run.ensureWanted();
            throw new RetriableStageException(
                    FailureCode.STAGE_FAILED, "Encoding ended before its time, though the job is wanted.", e);
        } catch (InferenceException e) {
            throw FAILURES.of(e);
        } catch (OutOfMemoryError e) {
            throw FAILURES.of(e);
        }
    }
}
