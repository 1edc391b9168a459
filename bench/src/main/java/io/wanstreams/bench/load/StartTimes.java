package io.wanstreams.bench.load;

import io.wanstreams.contracts.job.JobId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** When jobs were started, on this process's monotonic clock. Thread-safe. */
final class StartTimes {

    private static final long PATIENCE_SECONDS = 60;

    private final Map<JobId, CompletableFuture<Long>> times = new ConcurrentHashMap<>();

    void started(JobId job) {
        of(job).complete(System.nanoTime());
    }

    /** Waits for a start. */
    long await(JobId job) throws Exception {
        return of(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private CompletableFuture<Long> of(JobId job) {
        return times.computeIfAbsent(job, id -> new CompletableFuture<>());
    }
}
