package io.wanstreams.gateway.dispatch;

import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.Subscription;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a dispatcher look while this gateway is elected: at once when a fact came, else at intervals. */
public final class DispatchLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DispatchLoop.class);

    private final Dispatcher dispatcher;
    private final BooleanSupplier elected;
    private final Duration interval;
    private final Semaphore facts = new Semaphore(0);
    private final Subscription subscription;
    private final Thread thread;
    private volatile boolean stopping;

    public DispatchLoop(Dispatcher dispatcher, JobBoard board, BooleanSupplier elected, Duration interval) {
        this.dispatcher = dispatcher;
        this.elected = elected;
        this.interval = interval;
        this.subscription = board.listen(job -> facts.release());
        this.thread = new Thread(this::run, "wan-dispatcher");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopping = true;
        subscription.close();
        facts.release();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean active = false;
        while (!stopping) {
            boolean now = elected.getAsBoolean();
            if (now && !active) {
                dispatcher.takeOver();
            }
            active = now;
            if (active) {
                tick();
            }
            awaitFact();
        }
    }

    private void tick() {
        try {
            dispatcher.tick();
        } catch (RuntimeException e) {
            // The dispatcher is the only one who moves jobs on: it must outlive its own faults.
            log.atError().setCause(e).log("Dispatcher failed, going on");
        }
    }

    private void awaitFact() {
        try {
            if (facts.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                facts.drainPermits();
            }
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
