package io.wanstreams.transport.stage;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Checkpoint;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.bundle.BundleException;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.BundleUnavailableException;
import io.wanstreams.transport.crash.CrashPoint;
import io.wanstreams.transport.log.LogPosition;
import io.wanstreams.transport.stage.StageAbandonedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run of a claim: bundles scoped to its job and stage, errors in the stages' own terms. */
final class ClaimedRun implements StageRun {

    private static final Logger log = LoggerFactory.getLogger(ClaimedRun.class);
    private static final long TRY_AGAIN_MILLIS = 500;

    /** Appends an event and waits for it. */
    @FunctionalInterface
    interface Append {
        LogPosition append(JobEvent event) throws InterruptedException;
    }

    private final StageClaim claim;
    private final BundleStore bundles;
    private final Append events;
    private final CheckpointThread saves;
    private final Duration patience;
    private volatile int recordedStep;

    /** @param patience how long a result is kept for a broker that is away */
    ClaimedRun(StageClaim claim, BundleStore bundles, Append events, CheckpointThread saves, Duration patience) {
        this.claim = claim;
        this.bundles = bundles;
        this.events = events;
        this.saves = saves;
        this.patience = patience;
        this.recordedStep = claim.checkpoint().map(Checkpoint::step).orElse(0);
    }

    @Override
    public Job job() {
        return claim.job();
    }

    @Override
    public StageName stage() {
        return claim.stage();
    }

    @Override
    public int attempt() {
        return claim.attempt();
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return claim.checkpoint();
    }

    @Override
    public BundleRef input(String name) throws StageException {
        return job().bundle(name).orElseThrow(() -> missing("bundle", name));
    }

    @Override
    public String inputText(String name) throws StageException {
        return job().text(name).orElseThrow(() -> missing("text", name));
    }

    @Override
    public Safetensors readTensors(BundleRef ref) throws StageException, InterruptedException {
        try {
            return bundles.readTensors(ref);
        } catch (BundleException e) {
            throw inStageTerms(e);
        }
    }

    @Override
    public byte[] readBytes(BundleRef ref, int limitBytes) throws StageException, InterruptedException {
        if (ref.length() > limitBytes) {
            throw new PermanentStageException(
                    FailureCode.INVALID_REFERENCE,
                    "An input has " + ref.length() + " bytes, allowed are " + limitBytes + ".");
        }
        try (InputStream stream = bundles.open(ref)) {
            return stream.readAllBytes();
        } catch (BundleException e) {
            throw inStageTerms(e);
        } catch (IOException e) {
            throw e.getCause() instanceof BundleException known
                    ? inStageTerms(known)
                    : new RetriableStageException(FailureCode.STORAGE_FAILED, "An input cannot be read.", e);
        }
    }

    @Override
    public BundleRef writeTensors(Map<String, Tensor> tensors) throws StageException, InterruptedException {
        return write(Topics.TENSORS, BundleRef.SAFETENSORS, BundleContent.of(tensors));
    }

    @Override
    public BundleRef writeMedia(String mediaType, BundleContent content) throws StageException, InterruptedException {
        return write(Topics.MEDIA, mediaType, content);
    }

    @Override
    public void progress(int step, int of) throws StageException {
        CrashPoint.AT_WORK.reached(stage(), job().id());
        claim.progress(step, of);
        ensureWanted();
    }

    @Override
    public void preview(int step, int of, Supplier<byte[]> jpeg) {
        claim.preview(step, of, jpeg);
    }

    @Override
    public boolean beginCheckpoint(int step, Supplier<Map<String, Tensor>> tensors) {
        return saves.begin(() -> saveLogged(step, tensors));
    }

    @Override
    public void checkpoint(int step, Map<String, Tensor> tensors) throws StageException, InterruptedException {
        saves.awaitIdle();
        if (step > recordedStep) {
            save(step, tensors);
        }
    }

    private void saveLogged(int step, Supplier<Map<String, Tensor>> tensors) {
        try {
            save(step, tensors.get());
        } catch (StageAbandonedException e) {
            log.atDebug().addKeyValue("jobId", job().id()).log("Checkpoint not wanted any more");
        } catch (StageException | RuntimeException e) {
            log.atWarn()
                    .addKeyValue("jobId", job().id())
                    .addKeyValue("stage", stage())
                    .addKeyValue("step", step)
                    .addKeyValue("error", e.toString())
                    .log("Checkpoint not written, the run goes on without");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void save(int step, Map<String, Tensor> tensors) throws StageException, InterruptedException {
        ensureNotLost();
        BundleRef bundle = writeOnce(Topics.CHECKPOINTS, BundleRef.SAFETENSORS, BundleContent.of(tensors));
        CrashPoint.CHECKPOINT_WRITTEN.reached(stage(), job().id());
        ensureNotLost();
        try {
            events.append(new JobEvent.Checkpointed(stage(), claim.turn(), step, bundle));
        } catch (TransportException e) {
            throw new RetriableStageException(FailureCode.STORAGE_FAILED, "A checkpoint cannot be recorded.", e);
        }
        recordedStep = step;
        CrashPoint.CHECKPOINT_LOGGED.reached(stage(), job().id());
        log.atInfo()
                .addKeyValue("jobId", job().id())
                .addKeyValue("stage", stage())
                .addKeyValue("step", step)
                .log("Checkpoint recorded");
    }

    /** A worker that stops may still save; one whose run is over, however it ended, may not. */
    private void ensureNotLost() throws StageAbandonedException {
        if (claim.hasEnded() || claim.abandoned().equals(Optional.of(Reason.LOST))) {
            throw new StageAbandonedException(Reason.LOST);
        }
    }

    @Override
    public void ensureWanted() throws StageException {
        claim.ensureWanted();
    }

    @Override
    public void onAbandoned(Runnable action) {
        claim.onAbandoned(action);
    }

    /** What has been computed is not thrown away because the broker is away: it is kept and written when it is back. */
    private BundleRef write(String topic, String mediaType, BundleContent content)
            throws StageException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return writeOnce(topic, mediaType, content);
            } catch (RetriableStageException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                log.atWarn()
                        .addKeyValue("jobId", job().id())
                        .addKeyValue("stage", stage())
                        .addKeyValue("error", e.getMessage())
                        .log("Result cannot be written, waiting for the broker");
            }
            ensureWanted();
            Thread.sleep(TRY_AGAIN_MILLIS);
        }
    }

    private BundleRef writeOnce(String topic, String mediaType, BundleContent content)
            throws StageException, InterruptedException {
        try {
            return bundles.write(BundleDescription.of(topic, job().id(), stage(), mediaType), content);
        } catch (BundleUnavailableException e) {
            throw inStageTerms(e);
        }
    }

    private PermanentStageException missing(String kind, String name) {
        return new PermanentStageException(
                FailureCode.INTERNAL_ERROR,
                "Stage " + stage() + " needs the " + kind + " '" + name + "', which no earlier stage made.");
    }

    private StageException inStageTerms(BundleException e) {
        String message = "Stage " + stage() + " of job " + job().id() + ": " + e.getMessage();
        return e instanceof BundleUnavailableException
                ? new RetriableStageException(FailureCode.STORAGE_FAILED, message, e)
                : new PermanentStageException(FailureCode.STORAGE_FAILED, message, e);
    }
}
