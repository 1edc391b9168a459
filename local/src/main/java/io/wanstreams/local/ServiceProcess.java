package io.wanstreams.local;

import io.quarkus.runtime.Quarkus;
import io.wanstreams.cli.client.VideosException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The services of this process: Quarkus on a thread of its own, from start to end. */
final class ServiceProcess {

    private static final Duration READY_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(5);
    private static final long LOOK_PAUSE_MS = 50;

    /** Completes with the failure, or with null, when Quarkus has come to its end. */
    private final CompletableFuture<@Nullable Throwable> ended = new CompletableFuture<>();

    private final FirstError firstError = FirstError.listen();
    private final Thread thread;

    private ServiceProcess() {
        thread = new Thread(this::run, "wan-services");
    }

    /** Starts the services with the configuration that the system properties hold by now. */
    static ServiceProcess start() {
        ServiceProcess process = new ServiceProcess();
        process.thread.start();
        return process;
    }

    /** Waits until the gateway and every worker say that they are ready, or throws what ended them. */
    void awaitReady(URI url) throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest look = HttpRequest.newBuilder(url.resolve("/q/health/ready"))
                .timeout(LOOK_TIMEOUT)
                .build();
        long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
        while (!isReady(http, look)) {
            if (endedWithin(LOOK_PAUSE_MS)) {
                throw failure();
            }
            if (System.nanoTime() > deadline) {
                throw new VideosException(
                        "The services are not ready after " + READY_TIMEOUT.toMinutes() + " minutes; see the log");
            }
        }
        firstError.close();
    }

    /** Waits for the end, whoever brings it about. */
    void awaitEnd() throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException e) {
            throw neverThrown(e);
        }
    }

    /** Asks the services to stop and waits until they have, within bounds. */
    void stop() {
        if (!ended.isDone()) {
            Quarkus.asyncExit(0);
            try {
                endedWithin(STOP_TIMEOUT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            Quarkus.run(null, (code, failure) -> ended.complete(failure));
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            ended.complete(e);
        }
    }

    private boolean endedWithin(long millis) throws InterruptedException {
        try {
            ended.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw neverThrown(e);
        }
    }

    private static IllegalStateException neverThrown(ExecutionException e) {
        return new IllegalStateException("A failure is the value, never an exception", e);
    }

    private RuntimeException failure() {
        @Nullable Throwable failure = ended.getNow(null);
        if (failure != null) {
            return new VideosException(StartFailure.sentence(failure), failure);
        }
        return new VideosException(firstError
                .sentence()
                .orElse("The services ended before they were ready; start again with --verbose to see the log"));
    }

    private static boolean isReady(HttpClient http, HttpRequest look) throws InterruptedException {
        try {
            return http.send(look, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
