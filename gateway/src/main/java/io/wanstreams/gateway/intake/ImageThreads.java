package io.wanstreams.gateway.intake;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where files and images of requests are received: so many at once, so many waiting; more are turned away. */
public final class ImageThreads implements Executor, AutoCloseable {

    private static final long IDLE_SECONDS = 30;

    private final AtomicInteger made = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    /**
     * Starts no thread before there is something to do.
     *
     * @param atOnce threads; each holds the images of one request in memory
     * @param waiting requests that wait for one of them
     */
    public ImageThreads(int atOnce, int waiting) {
        if (atOnce < 1 || waiting < 1) {
            throw new IllegalArgumentException(
                    "wan.gateway.images.at-once and wan.gateway.images.waiting are at least 1, found " + atOnce
                            + " and " + waiting);
        }
        this.threads = new ThreadPoolExecutor(
                atOnce, atOnce, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    /** @throws java.util.concurrent.RejectedExecutionException when too many wait */
    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "wan-images-" + made.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
