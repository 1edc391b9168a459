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
import io.wanstreams.transport.log.LogPosition;
import io.wanstreams.transport.stage.StageAbandonedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The run of a claim: bundles scoped to its job and stage, errors in the stages' own terms. */
final class ClaimedRun implements StageRun {

    /** Appends an event and waits for it. */
    @FunctionalInterface
    interface Append {
        LogPosition append(JobEvent event) throws InterruptedException;
    }

    private final StageClaim claim;
    private final BundleStore bundles;
    private final Append log;

    ClaimedRun(StageClaim claim, BundleStore bundles, Append log) {
        this.claim = claim;
        this.bundles = bundles;
        this.log = log;
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
        claim.progress(step, of);
        ensureWanted();
    }

    @Override
    public void checkpoint(int step, Map<String, Tensor> tensors) throws StageException, InterruptedException {
        if (claim.abandoned().equals(Optional.of(Reason.LOST))) {
            throw new StageAbandonedException(Reason.LOST);
        }
        BundleRef bundle = write(Topics.CHECKPOINTS, BundleRef.SAFETENSORS, BundleContent.of(tensors));
        try {
            log.append(new JobEvent.Checkpointed(stage(), claim.turn(), step, bundle));
        } catch (TransportException e) {
            throw new RetriableStageException(FailureCode.STORAGE_FAILED, "A checkpoint cannot be recorded.", e);
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

    private BundleRef write(String topic, String mediaType, BundleContent content)
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
