package io.wanstreams.decoder;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.inference.memory.NotEnoughMemoryException;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.CancelledException;
import io.wanstreams.inference.session.InferenceException;
import io.wanstreams.tensors.DType;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.Shape;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.service.StageFailures;
import io.wanstreams.transport.stage.PermanentStageException;
import io.wanstreams.transport.stage.RetriableStageException;
import io.wanstreams.transport.stage.Stage;
import io.wanstreams.transport.stage.StageException;
import io.wanstreams.transport.stage.StageOutput;
import io.wanstreams.transport.stage.StageRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** The decode stage's work for one job: frames go into the files as they come, none is kept. */
final class DecodeStage implements Stage {

    private static final StageFailures FAILURES = new StageFailures("a video of this size");

    private final LatentDecoder decoder;
    private final MediaSettings settings;
    private final Path folder;
    private final LongSupplier nanoTime;

    /** @param folder where jobs have their files while they are made */
    DecodeStage(LatentDecoder decoder, MediaSettings settings, Path folder, LongSupplier nanoTime) {
        this.decoder = decoder;
        this.settings = settings;
        this.folder = folder;
        this.nanoTime = nanoTime;
    }

    @Override
    public StageOutput run(StageRun run) throws StageException, InterruptedException {
        Tensor latents = latents(run);
        try (Workspace workspace = Workspace.create(folder);
                MediaFiles files = MediaFiles.open(workspace, run.request(), settings)) {
            Duration decoding = decode(run, latents, files);
            Duration finishing = finish(files);
            Map<String, BundleRef> bundles = files.publish(run);
            return new StageOutput(StageOutputs.ofBundles(bundles), decoding.plus(finishing));
        } catch (IOException | UncheckedIOException e) {
            throw new RetriableStageException(FailureCode.STORAGE_FAILED, String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw unfit("The request does not fit: " + e.getMessage());
        } catch (NotEnoughMemoryException e) {
            throw new PermanentStageException(FailureCode.OUT_OF_MEMORY, String.valueOf(e.getMessage()), e);
        } catch (InferenceException e) {
            throw FAILURES.of(e);
        } catch (OutOfMemoryError e) {
            throw FAILURES.of(e);
        }
    }

    private Duration decode(StageRun run, Tensor latents, MediaFiles files) throws StageException {
        int latentFrames = (int) latents.shape().dim(1);
        run.progress(0, latentFrames);
        Cancellation cancellation = new Cancellation();
        run.onAbandoned(cancellation::cancel);
        FrameFeed feed =
                new FrameFeed(run, files, latentFrames, decoder.frames(2) - decoder.frames(1), cancellation, nanoTime);
        long began = nanoTime.getAsLong();
        try {
            decoder.decode(latents, feed, cancellation);
        } catch (CancelledException e) {
            feed.rethrow();
            run.ensureWanted();
            throw new RetriableStageException(
                    FailureCode.STAGE_FAILED, "Decoding ended before its time, though the job is wanted.", e);
        }
        feed.rethrow();
        return Duration.ofNanos(nanoTime.getAsLong() - began - feed.outsideNanos());
    }

    private Duration finish(MediaFiles files) throws IOException {
        long began = nanoTime.getAsLong();
        files.finish();
        return Duration.ofNanos(nanoTime.getAsLong() - began);
    }

    private Tensor latents(StageRun run) throws StageException, InterruptedException {
        Safetensors bundle = run.readTensors(run.input(StageOutputs.LATENTS));
        Tensor latents = bundle.tensors().get("latents");
        if (latents == null) {
            throw unfit("The latents bundle holds " + bundle.tensors().keySet() + ", expected a tensor latents.");
        }
        Shape shape = latents.shape();
        if (latents.type() != DType.F32 || shape.rank() != 4 || shape.dim(0) != decoder.channels()) {
            throw unfit("The latents are " + latents + ", this VAE decodes F32 [" + decoder.channels()
                    + ",frames,height,width].");
        }
        int frames = decoder.frames((int) Math.max(1, shape.dim(1)));
        if (shape.elements() == 0 || frames != run.request().numFrames()) {
            throw unfit("The latents " + latents + " decode to " + frames + " frames, the request asks for "
                    + run.request().numFrames() + ".");
        }
        return latents;
    }

    private static PermanentStageException unfit(String message) {
        return new PermanentStageException(FailureCode.STAGE_FAILED, message);
    }
}
