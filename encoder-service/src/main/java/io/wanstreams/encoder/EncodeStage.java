package io.wanstreams.encoder;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.inference.session.InferenceException;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.service.StageFailures;
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
        run.progress(0, PROMPTS);
        long began = nanoTime.getAsLong();
        Tensor positive = encode(run.inputText(StageOutputs.PROMPT));
        run.progress(1, PROMPTS);
        Tensor negative = encode(run.inputText(StageOutputs.NEGATIVE_PROMPT));
        Duration compute = Duration.ofNanos(nanoTime.getAsLong() - began);
        run.progress(PROMPTS, PROMPTS);
        BundleRef conditioning = run.writeTensors(Map.of(POSITIVE, positive, NEGATIVE, negative));
        return new StageOutput(StageOutputs.ofBundles(Map.of(StageOutputs.CONDITIONING, conditioning)), compute);
    }

    private Tensor encode(String prompt) throws StageException {
        try {
            return encoder.rows(prompt);
        } catch (InferenceException e) {
            throw FAILURES.of(e);
        } catch (OutOfMemoryError e) {
            throw FAILURES.of(e);
        }
    }
}
