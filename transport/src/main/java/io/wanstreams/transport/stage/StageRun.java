package io.wanstreams.transport.stage;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Checkpoint;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.Tensor;
import io.wanstreams.transport.bundle.BundleContent;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One attempt of one stage of one job, as its stage sees it. Not thread-safe, except where said. */
public interface StageRun {

    /** The job: its request and the outputs of earlier stages. */
    Job job();

    StageName stage();

    /** Counts from 1, anew after each checkpoint. */
    int attempt();

    /** Where to go on from; empty: at the beginning. */
    Optional<Checkpoint> checkpoint();

    default VideoRequest request() {
        return job().request();
    }

    /**
     * The bundle of this name from the latest stage that made one.
     *
     * @throws PermanentStageException when no earlier stage made one
     */
    BundleRef input(String name) throws StageException;

    /** The text of this name from the latest stage that made one; same error. */
    String inputText(String name) throws StageException;

    /** Reads and verifies a safetensors bundle; an error names the job, the stage and the offset. */
    Safetensors readTensors(BundleRef ref) throws StageException, InterruptedException;

    /** Reads and verifies any bundle of up to {@code limitBytes}. */
    byte[] readBytes(BundleRef ref, int limitBytes) throws StageException, InterruptedException;

    /** Writes tensors for the next stages, to {@code wan.tensors}. */
    BundleRef writeTensors(Map<String, Tensor> tensors) throws StageException, InterruptedException;

    /** Writes an image or a video, to {@code wan.media}. */
    BundleRef writeMedia(String mediaType, BundleContent content) throws StageException, InterruptedException;

    /**
     * Says that {@code step} of {@code of} steps are done. Cheap, to be called at every step; may be called from other
     * threads.
     *
     * @throws StageAbandonedException when nobody wants the result any more
     */
    void progress(int step, int of) throws StageException;

    /**
     * Shows what the result will look like. Costs nothing and never waits: the picture is made and sent on another thread, and
     * not at all when the next one is there first.
     *
     * @param step steps of this stage that are done
     * @param jpeg asked for on another thread: what it reads must not change any more
     */
    void preview(int step, int of, Supplier<byte[]> jpeg);

    /**
     * Begins to make {@code step} a place to go on from, beside the work, and returns at once. One at a time, so that a
     * slow broker never piles them up. One that cannot be written is logged and costs no more than the way back.
     *
     * @param step scheduler steps of the whole plan that are done; greater than at the last checkpoint
     * @param tensors asked for on another thread: what it reads must not change any more
     * @return false when the one before is still on its way; nothing was begun then, ask again after the next step
     */
    boolean beginCheckpoint(int step, Supplier<Map<String, Tensor>> tensors);

    /**
     * Makes {@code step} a place to go on from: writes the tensors to {@code wan.checkpoints}, then the event, when all
     * chunks are acknowledged. Waits for one that is on its way; does nothing when {@code step} is recorded by then.
     *
     * @param step scheduler steps of the whole plan that are done
     */
    void checkpoint(int step, Map<String, Tensor> tensors) throws StageException, InterruptedException;

    /**
     * To be asked at least once a step and between long calls; may be called from other threads.
     *
     * @throws StageAbandonedException when nobody wants the result any more
     */
    void ensureWanted() throws StageException;

    /**
     * To be called from another thread, at most once, when what is being computed must end now: the job no longer wants it,
     * or the worker stops and half of its grace period is over. The place to interrupt a native call. Runs at once when that
     * is so already.
     */
    void onAbandoned(Runnable action);
}
