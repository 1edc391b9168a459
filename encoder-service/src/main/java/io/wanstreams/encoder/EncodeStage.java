package io.wanstreams.encoder;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.images.BadImageException;
import io.wanstreams.inference.memory.NotEnoughMemoryException;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.CancelledException;
import io.wanstreams.inference.session.InferenceException;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.service.StageFailures;
import io.wanstreams.transport.stage.PermanentStageException;
import io.wanstreams.transport.stage.RetriableStageException;
import io.wanstreams.transport.stage.Stage;
import io.wanstreams.transport.stage.StageException;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.stage.StageRun;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The encode stage's work for one job: both prompts become rows, and the images what the transformer reads of them. Only
 * the rows of tokens are handed on; the transformer pads them with zeros.
 */
final class EncodeStage implements Stage {

    private static final StageFailures FAILURES = new StageFailures("encoding");
    static final String POSITIVE = "text.positive";
    static final String NEGATIVE = "text.negative";

    private static final int PROMPTS = 2;

    private final PromptEncoder encoder;
    private final @Nullable ImageEncoder images;
    private final LongSupplier nanoTime;

    /** @param images null for a model that takes none */
    EncodeStage(PromptEncoder encoder, @Nullable ImageEncoder images, LongSupplier nanoTime) {
        this.encoder = encoder;
        this.images = images;
        this.nanoTime = nanoTime;
    }

    @Override
    public StageOutput run(StageRun run) throws StageException, InterruptedException {
        Cancellation cancellation = new Cancellation();
        run.onAbandoned(cancellation::cancel);
        BundleRef image = run.request().image();
        int parts = image == null ? PROMPTS : PROMPTS + 1;
        run.progress(0, parts);
        Map<String, Tensor> conditioning = new TreeMap<>();
        long began = nanoTime.getAsLong();
        conditioning.put(POSITIVE, encode(run, StageOutputs.PROMPT, cancellation));
        run.progress(1, parts);
        conditioning.put(NEGATIVE, encode(run, StageOutputs.NEGATIVE_PROMPT, cancellation));
        run.progress(PROMPTS, parts);
        if (image != null) {
            conditioning.putAll(encode(run, image, cancellation));
            run.progress(parts, parts);
        }
        Duration compute = Duration.ofNanos(nanoTime.getAsLong() - began);
        BundleRef written = run.writeTensors(conditioning);
        return new StageOutput(StageOutputs.ofBundles(Map.of(StageOutputs.CONDITIONING, written)), compute);
    }

    private Map<String, Tensor> encode(StageRun run, BundleRef image, Cancellation cancellation)
            throws StageException, InterruptedException {
        if (images == null) {
            throw new PermanentStageException(
                    FailureCode.STAGE_FAILED, "The job has an image, and this encoder's model takes none.");
        }
        BundleRef last = run.request().lastImage();
        byte[] first = run.readBytes(image, images.limitBytes());
        byte[] lastBytes = last == null ? null : run.readBytes(last, images.limitBytes());
        ImageEncoder encoding = images;
        return within(run, () -> encoding.encode(run.request(), first, lastBytes, cancellation));
    }

    private Tensor encode(StageRun run, String name, Cancellation cancellation) throws StageException {
        String prompt = run.inputText(name);
        return within(run, () -> encoder.rows(prompt, cancellation));
    }

    @FunctionalInterface
    private interface Work<T> {
        T get() throws BadImageException;
    }

    private static <T> T within(StageRun run, Work<T> work) throws StageException {
        try {
            return work.get();
        } catch (BadImageException e) {
            throw new PermanentStageException(FailureCode.INVALID_REFERENCE, String.valueOf(e.getMessage()), e);
        } catch (CancelledException e) {
            run.ensureWanted();
            throw new RetriableStageException(
                    FailureCode.STAGE_FAILED, "Encoding ended before its time, though the job is wanted.", e);
        } catch (NotEnoughMemoryException e) {
            throw new PermanentStageException(FailureCode.OUT_OF_MEMORY, String.valueOf(e.getMessage()), e);
        } catch (InferenceException e) {
            throw FAILURES.of(e);
        } catch (OutOfMemoryError e) {
            throw FAILURES.of(e);
        }
    }
}
