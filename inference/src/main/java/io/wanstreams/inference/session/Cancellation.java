package io.wanstreams.inference.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.util.HashSet;
import java.util.Set;

/**
 * Stops runs from another thread, at their next node; once and for all. Share one among all runs of a job.
 */
public final class Cancellation {
    private final Set<RunOptions> running = new HashSet<>();
    private boolean cancelled;

    /** Ends all runs that carry this, those to come included. */
    public synchronized void cancel() {
        cancelled = true;
        running.forEach(Cancellation::terminate);
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** True while a run that carries this is inside the runtime. */
    synchronized boolean isRunning() {
        return !running.isEmpty();
    }

    /**
     * For loops between runs.
     *
     * @throws CancelledException if it was cancelled
     */
    public synchronized void check() {
        if (cancelled) {
            throw new CancelledException();
        }
    }

    synchronized void begin(RunOptions options) {
        check();
        running.add(options);
    }

    /** After this the options may be closed: no other thread touches them any more. */
    synchronized void end(RunOptions options) {
        running.remove(options);
    }

    private static void terminate(RunOptions options) {
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw new InferenceException("The runtime refused to stop a run: " + e.getMessage(), e);
        }
    }
}
