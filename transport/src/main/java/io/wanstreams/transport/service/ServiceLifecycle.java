package io.wanstreams.transport.service;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a service beside its HTTP server, so that health can be asked while the model loads, and stops it in order. */
public final class ServiceLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ServiceLifecycle.class);

    /** Loads the models, then connects. */
    @FunctionalInterface
    public interface Start {

        /** What is wrong with settings or checkpoint is said in the exception's message. */
        RunningService start() throws InterruptedException;
    }

    private final String name;
    private final Set<Class<? extends RuntimeException>> forOperator;
    private final Start start;
    private final Runnable exit;
    private final Thread starter;
    private @Nullable RunningService service;
    private boolean stopping;

    /**
     * A service that is not yet started.
     *
     * @param name for the log, e.g. {@code encoder-service}
     * @param forOperator exceptions of this service's start whose message is a sentence for the operator, besides those of
     *     settings, profiles, tensor files and Kafka
     * @param start runs once, on a thread of its own
     * @param exit ends the process after a failed start; without it the process would live on, never ready
     */
    public ServiceLifecycle(
            String name, Set<Class<? extends RuntimeException>> forOperator, Start start, Runnable exit) {
        this.name = name;
        this.forOperator = Set.copyOf(forOperator);
        this.start = start;
        this.exit = exit;
        this.starter = new Thread(this::run, "wan-" + name + "-start");
    }

    /** Begins to start the service and returns at once. */
    public void start() {
        starter.start();
    }

    private void run() {
        try {
            keep(start.start());
        } catch (InterruptedException e) {
            log.atInfo().addKeyValue("service", name).log("Start interrupted");
        } catch (RuntimeException | Error e) {
            StartFailure.report(log, name, e, forOperator);
            exit.run();
        }
    }

    private synchronized void keep(RunningService started) {
        if (stopping) {
            started.close();
        } else {
            service = started;
        }
    }

    /** Interrupts a start under way and waits for its end, then closes what had started; nothing where nothing had. */
    public void stop() throws InterruptedException {
        synchronized (this) {
            stopping = true;
        }
        starter.interrupt();
        starter.join();
        RunningService started = service();
        if (started != null) {
            started.close();
        }
    }

    private synchronized @Nullable RunningService service() {
        return service;
    }

    /** Whether the models are loaded and tickets are taken. */
    public boolean isReady() {
        RunningService started = service();
        return started != null && started.isReady();
    }
}
