package io.wanstreams.transport.stage;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Saves the checkpoints of one worker beside its work, one at a time. */
final class CheckpointThread implements AutoCloseable {

    private final ExecutorService thread;
    private @Nullable Future<?> underWay;

    CheckpointThread(String worker) {
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, "wan-checkpoint-" + worker);
            made.setDaemon(true);
            return made;
        });
    }

    /** Begins to save; false when the one before is not done: nothing happens then. */
    synchronized boolean begin(Runnable save) {
        if (underWay != null && !underWay.isDone()) {
            return false;
        }
        underWay = thread.submit(save);
        return true;
    }

    /** Waits until none is under way. The save itself is bounded. */
    void awaitIdle() throws InterruptedException {
        Future<?> last;
        synchronized (this) {
            last = underWay;
        }
        if (last != null) {
            try {
                last.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("A save logs its failures", e);
            }
        }
    }

    /** Interrupts what is under way: whatever it had written dies by retention. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
