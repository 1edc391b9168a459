package io.wanstreams.transport.stage;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.ModelProfile;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One worker.
 *
 * @param stage what it does
 * @param model for which model
 * @param worker its name: unique among all that run at a time, the same after a restart, e.g. {@code host-1/encode/0}
 * @param environment on what it works (device, runtime, processor), recorded with every result
 * @param claimPatience how long it keeps a ticket that it cannot claim yet, below the 30 s of the ticket's lock
 * @param completePatience how long it keeps a finished result for a broker that is away
 * @param grace how long a run may go on when the worker is told to stop
 * @param firstRetry how long a failed attempt asks to be left alone; doubles with each further attempt
 * @param longestRetry how long it asks for at most
 */
public record WorkerSettings(
        StageName stage,
        String model,
        String worker,
        SortedMap<String, String> environment,
        Duration claimPatience,
        Duration completePatience,
        Duration grace,
        Duration firstRetry,
        Duration longestRetry) {

    public WorkerSettings {
        ModelProfile.checkName(model);
        if (worker.isBlank()) {
            throw new IllegalArgumentException("A worker needs a name");
        }
        for (Duration wait : new Duration[] {claimPatience, completePatience, grace, firstRetry, longestRetry}) {
            if (wait.isNegative()) {
                throw new IllegalArgumentException("A worker's wait of " + wait + " is negative");
            }
        }
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /** A worker with the usual waits: claims within 20 s, keeps results for 15 min, 10 s of grace, retries after 1 to 60 s. */
    public static WorkerSettings of(StageName stage, String model, String worker, Map<String, String> environment) {
        return new WorkerSettings(
                stage,
                model,
                worker,
                new TreeMap<>(environment),
                Duration.ofSeconds(20),
                Duration.ofMinutes(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60));
    }

    public WorkerSettings withGrace(Duration newGrace) {
        return new WorkerSettings(
                stage, model, worker, environment, claimPatience, completePatience, newGrace, firstRetry, longestRetry);
    }

    /** How long this attempt asks to be left alone after its failure. */
    Duration retryAfter(int attempt) {
        Duration wait = firstRetry.multipliedBy(1L << Math.min(attempt - 1, 20));
        return wait.compareTo(longestRetry) > 0 ? longestRetry : wait;
    }

    /** Who writes this worker's events. */
    String source() {
        return "/wan/" + stage + "/" + worker;
    }
}
