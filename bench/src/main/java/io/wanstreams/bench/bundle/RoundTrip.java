package io.wanstreams.bench.bundle;

import java.time.Duration;

/**
 * How long one way of carrying bytes took.
 *
 * @param write until every byte was acknowledged
 * @param read until every byte was in this process again
 */
record RoundTrip(Duration write, Duration read) {

    /** Bytes there and back per second, in units of 10^6 bytes. */
    double megabytesPerSecond(long bytes) {
        return rate(bytes, write.plus(read));
    }

    static double rate(long bytes, Duration time) {
        return bytes / 1e6 / (time.toNanos() / 1e9);
    }
}
