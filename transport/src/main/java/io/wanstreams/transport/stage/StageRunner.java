package io.wanstreams.transport.stage;

import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.progress.Heartbeats;
import io.wanstreams.transport.stage.StageAbandonedException.Reason;
import io.wanstreams.transport.ticket.DeadLetters;
import io.wanstreams.transport.ticket.TicketLease;
import io.wanstreams.transport.ticket.TicketQueue;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker: the loop of all computing stages, on one named thread. Takes a ticket, wins its job in the log, accepts the
 * ticket, lets the stage work, writes down what came of it, and begins again. Broker trouble is waited out.
 */
public final class StageRunner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StageRunner.class);
    private static final long TROUBLE_PAUSE_MILLIS = 1_000;

    private final KafkaClients clients;
    private final BundleStore bundles;
    private final WorkerSettings settings;
    private final Stage stage;
    private final Thread thread;
    private final Object state = new Object();
    private @Nullable StageClaims claims;
    private @Nullable StageClaim claim;
    private boolean stopping;
    private volatile boolean ready;

    private StageRunner(KafkaClients clients, BundleStore bundles, WorkerSettings settings, Stage stage) {
        this.clients = clients;
        this.bundles = bundles;
        this.settings = settings;
        this.stage = stage;
        this.thread = new Thread(this::loop, "wan-" + settings.worker());
        thread.setDaemon(true);
    }

    /** Starts a worker. The clients and bundles stay the caller's and must outlive it. */
    public static StageRunner start(KafkaClients clients, BundleStore bundles, WorkerSettings settings, Stage stage) {
        StageRunner runner = new StageRunner(clients, bundles, settings, stage);
        runner.thread.start();
        return runner;
    }

    /** Whether the worker is connected and takes tickets, or works on one. */
    public boolean isReady() {
        return ready && thread.isAlive();
    }

    /** Whether the worker works on a job right now. */
    public boolean isBusy() {
        synchronized (state) {
            return claim != null;
        }
    }

    /**
     * Stops in good order: no new ticket, a running stage is told to end and has the grace period for it: the first half
     * to finish its step, which is interrupted then, the rest to save what it has. Whatever it does, the job is yielded,
     * and another worker may take it up.
     */
    @Override
    public void close() {
        synchronized (state) {
            stopping = true;
            state.notifyAll();
        }
        ifRunning(running -> running.abandon(Reason.STOPPING));
        try {
            long forStep = Math.max(1, settings.grace().toMillis() / 2);
            thread.join(forStep);
            ifRunning(StageClaim::interruptStep);
            thread.join(Math.max(1, settings.grace().toMillis() - forStep));
            if (thread.isAlive()) {
                yieldForIt();
                thread.interrupt();
                thread.join(TROUBLE_PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ifRunning(Consumer<StageClaim> action) {
        StageClaim running;
        synchronized (state) {
            running = claim;
        }
        if (running != null) {
            action.accept(running);
        }
    }

    /** The stage does not end in time: say it for it. Its own late events do not fit after this. */
    private void yieldForIt() {
        StageClaims writer;
        synchronized (state) {
            writer = claims;
        }
        if (writer != null) {
            ifRunning(writer::yieldTurn);
        }
    }

    private void loop() {
        while (!isStopping()) {
            try (Heartbeats heartbeats = new Heartbeats(clients);
                    DeadLetters deadLetters = new DeadLetters(clients);
                    StageClaims opened = new StageClaims(clients, bundles, heartbeats, deadLetters, settings);
                    TicketQueue queue = new TicketQueue(clients, settings.stage(), settings.model(), deadLetters)) {
                opened.open();
                ready = true;
                work(queue, opened);
            } catch (RuntimeException e) {
                // Mostly a broker that is away. Whatever it is, a worker does not end in silence.
                ready = false;
                log.atWarn()
                        .addKeyValue("worker", settings.worker())
                        .setCause(e instanceof TransportException ? null : e)
                        .addKeyValue("error", e.getMessage())
                        .log("Worker cannot reach what it needs, trying again");
                pause();
            } catch (InterruptedException e) {
                log.atDebug().addKeyValue("worker", settings.worker()).log("Worker interrupted");
                return;
            }
        }
    }

    private void work(TicketQueue queue, StageClaims opened) throws InterruptedException {
        while (!isStopping()) {
            Optional<TicketLease> lease = queue.poll();
            if (lease.isPresent()) {
                Optional<StageClaim> won =
                        opened.claim(lease.get().ticket(), lease.get().takenAtNanos());
                // The log knows now who works; the lease has done its duty.
                queue.accept(lease.get());
                if (won.isPresent()) {
                    work(won.get(), opened);
                }
            }
        }
    }

    private void work(StageClaim won, StageClaims opened) throws InterruptedException {
        synchronized (state) {
            claims = opened;
            claim = won;
        }
        if (isStopping()) {
            won.abandon(Reason.STOPPING);
        }
        try {
            StageOutput output = outputOf(won, opened);
            if (output != null) {
                opened.complete(won, output);
            }
        } finally {
            synchronized (state) {
                claim = null;
                claims = null;
            }
        }
    }

    /** What the stage made; null when it made nothing, which has been written down then. */
    private @Nullable StageOutput outputOf(StageClaim won, StageClaims opened) throws InterruptedException {
        try {
            return stage.run(opened.run(won));
        } catch (StageException e) {
            opened.fail(won, e);
        } catch (InterruptedException e) {
            opened.yieldTurn(won);
            throw e;
        } catch (RuntimeException | Error e) {
            opened.fail(won, StageClaims.unexpected(e));
        }
        return null;
    }

    private boolean isStopping() {
        synchronized (state) {
            return stopping;
        }
    }

    private void pause() {
        long deadline = System.nanoTime() + TROUBLE_PAUSE_MILLIS * 1_000_000;
        synchronized (state) {
            try {
                for (long left = TROUBLE_PAUSE_MILLIS; !stopping && left > 0; left = millisUntil(deadline)) {
                    state.wait(left);
                }
            } catch (InterruptedException e) {
                stopping = true;
            }
        }
    }

    private static long millisUntil(long nanos) {
        return (nanos - System.nanoTime()) / 1_000_000;
    }
}
