package io.wanstreams.transport.testing;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Checkpoint;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.bundle.BundleException;
import io.wanstreams.transport.stage.PermanentStageException;
import io.wanstreams.transport.stage.StageAbandonedException;
import io.wanstreams.transport.stage.StageException;
import io.wanstreams.transport.stage.StageRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A run without a broker: bundles in memory, progress and checkpoints kept for the test to look at. */
public final class TestStageRun implements StageRun {

    /** One report of progress. */
    public record Progress(int step, int of) {}

    private final Job job;
    private final StageName stage;
    private final InMemoryBundleStore bundles;
    private final List<Progress> progress = new CopyOnWriteArrayList<>();
    private final SortedMap<Integer, byte[]> previews = new ConcurrentSkipListMap<>();
    private final List<Checkpoint> checkpoints = new CopyOnWriteArrayList<>();
    private final List<Runnable> actions = new ArrayList<>();
    private @Nullable Checkpoint from;
    private volatile int abandonAtStep = Integer.MAX_VALUE;
    private volatile boolean abandoned;

    /** A first attempt from the beginning. Inputs come from the job's completed stages, their bundles from the store. */
    public TestStageRun(Job job, StageName stage, InMemoryBundleStore bundles) {
        this.job = job;
        this.stage = stage;
        this.bundles = bundles;
    }

    /** Makes the run go on from a checkpoint. */
    public TestStageRun resumingFrom(Checkpoint checkpoint) {
        from = checkpoint;
        return this;
    }

    /** Makes the run unwanted once that many steps are reported. */
    public TestStageRun abandonAtStep(int step) {
        abandonAtStep = step;
        return this;
    }

    /** Makes the run unwanted now. */
    public void abandon() {
        List<Runnable> toRun;
        synchronized (actions) {
            abandoned = true;
            toRun = List.copyOf(actions);
            actions.clear();
        }
        toRun.forEach(Runnable::run);
    }

    /** All reports so far. */
    public List<Progress> progress() {
        return List.copyOf(progress);
    }

    /** All previews so far, by step. */
    public SortedMap<Integer, byte[]> previews() {
        return previews;
    }

    /** All checkpoints made so far. */
    public List<Checkpoint> checkpoints() {
        return List.copyOf(checkpoints);
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public StageName stage() {
        return stage;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return Optional.ofNullable(from);
    }

    @Override
    public BundleRef input(String name) throws StageException {
        return job.bundle(name).orElseThrow(() -> missing(name));
    }

    @Override
    public String inputText(String name) throws StageException {
        return job.text(name).orElseThrow(() -> missing(name));
    }

    @Override
    public Safetensors readTensors(BundleRef ref) throws StageException {
        try {
            return bundles.readTensors(ref);
        } catch (BundleException e) {
            throw new PermanentStageException(FailureCode.STORAGE_FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public byte[] readBytes(BundleRef ref, int limitBytes) throws StageException {
        if (ref.length() > limitBytes) {
            throw new PermanentStageException(FailureCode.INVALID_REFERENCE, "An input is too long.");
        }
        try (InputStream stream = bundles.open(ref)) {
            return stream.readAllBytes();
        } catch (BundleException e) {
            throw new PermanentStageException(FailureCode.STORAGE_FAILED, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public BundleRef writeTensors(Map<String, Tensor> tensors) {
        return write(Topics.TENSORS, BundleRef.SAFETENSORS, BundleContent.of(tensors));
    }

    @Override
    public BundleRef writeMedia(String mediaType, BundleContent content) {
        return write(Topics.MEDIA, mediaType, content);
    }

    @Override
    public void progress(int step, int of) throws StageException {
        progress.add(new Progress(step, of));
        if (step >= abandonAtStep) {
            abandon();
        }
        ensureWanted();
    }

    @Override
    public void preview(int step, int of, Supplier<byte[]> jpeg) {
        previews.put(step, jpeg.get());
    }

    @Override
    public boolean beginCheckpoint(int step, Supplier<Map<String, Tensor>> tensors) {
        checkpoint(step, tensors.get());
        return true;
    }

    @Override
    public void checkpoint(int step, Map<String, Tensor> tensors) {
        if (!checkpoints.isEmpty() && checkpoints.get(checkpoints.size() - 1).step() >= step) {
            return;
        }
        checkpoints.add(
                new Checkpoint(step, write(Topics.CHECKPOINTS, BundleRef.SAFETENSORS, BundleContent.of(tensors))));
    }

    @Override
    public void ensureWanted() throws StageException {
        if (abandoned) {
            throw new StageAbandonedException(StageAbandonedException.Reason.LOST);
        }
    }

    @Override
    public void onAbandoned(Runnable action) {
        synchronized (actions) {
            if (!abandoned) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    private BundleRef write(String topic, String mediaType, BundleContent content) {
        return bundles.write(BundleDescription.of(topic, job.id(), stage, mediaType), content);
    }

    private PermanentStageException missing(String name) {
        return new PermanentStageException(
                FailureCode.INTERNAL_ERROR, "Stage " + stage + " needs '" + name + "', which no earlier stage made.");
    }
}
