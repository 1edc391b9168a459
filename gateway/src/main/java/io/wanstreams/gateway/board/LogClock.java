package io.wanstreams.gateway.board;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The broker's time, as the log tells it: the time of a fact, and how long ago it was read. Machines whose clocks differ by
 * hours agree on it. Never ahead of the broker; behind it after a start until a fact comes that is new, and at the
 * beginning of time before any. Thread-safe.
 */
public final class LogClock implements InstantSource, BoardListener {

    private final LongSupplier nanoTime;
    private Instant seen = Instant.MIN;
    private long seenNanos;

    /** @param nanoTime a monotonic clock */
    public LogClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void onFact(BoardJob job) {
        Instant time = job.job().changedAt();
        if (time.isAfter(instant())) {
            seen = time;
            seenNanos = nanoTime.getAsLong();
        }
    }

    @Override
    public synchronized Instant instant() {
        return seen.equals(Instant.MIN) ? seen : seen.plus(Duration.ofNanos(nanoTime.getAsLong() - seenNanos));
    }
}
