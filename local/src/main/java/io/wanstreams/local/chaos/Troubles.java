package io.wanstreams.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When broker, dispatcher or network were not well, on this machine's monotonic clock. Thread-safe. */
final class Troubles {

    private record Trouble(long from, long to) {}

    private final List<Trouble> all = new ArrayList<>();

    /** From now on, for so long. */
    synchronized void now(Duration length) {
        long now = System.nanoTime();
        all.add(new Trouble(now, now + length.toNanos()));
    }

    /** Whether there was none between two moments, one that began at the first of them aside. */
    synchronized boolean noneBetween(long from, long to) {
        return all.stream()
                .noneMatch(trouble -> trouble.from() < to && trouble.to() > from && !isSame(trouble.from(), from));
    }

    private static boolean isSame(long one, long other) {
        return Math.abs(one - other) < Duration.ofMillis(50).toNanos();
    }
}
