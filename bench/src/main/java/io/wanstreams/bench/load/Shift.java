package io.wanstreams.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** When each worker of a pool began and ended its runs, on this process's monotonic clock. Thread-safe. */
final class Shift {

    /** One run of one worker, in nanoseconds. */
    record Work(long begun, long ended) {}

    private final Map<String, List<Work>> byWorker = new ConcurrentHashMap<>();
    private final CountDownLatch left;

    /** @param runs after which it is over */
    Shift(int runs) {
        this.left = new CountDownLatch(runs);
    }

    void worked(String worker, long begun, long ended) {
        byWorker.compute(worker, (name, before) -> {
            List<Work> all = before == null ? new ArrayList<>() : new ArrayList<>(before);
            all.add(new Work(begun, ended));
            return all;
        });
        left.countDown();
    }

    long left() {
        return left.getCount();
    }

    /** Milliseconds between the end of a worker's run and the beginning of its next. */
    List<Double> gaps() {
        List<Double> gaps = new ArrayList<>();
        for (List<Work> works : byWorker.values()) {
            for (int i = 1; i < works.size(); i++) {
                gaps.add((works.get(i).begun() - works.get(i - 1).ended()) / 1e6);
            }
        }
        return gaps;
    }

    /**
     * The part of all workers' time that none of their runs took, from the pool's first run until the last run began: while
     * there was always a ticket waiting.
     */
    double idleShare() {
        long from = byWorker.values().stream()
                .mapToLong(works -> works.get(0).begun())
                .max()
                .orElseThrow();
        long until = byWorker.values().stream()
                .mapToLong(works -> works.get(works.size() - 1).begun())
                .min()
                .orElseThrow();
        double busy = byWorker.values().stream()
                .flatMap(List::stream)
                .mapToLong(work -> Math.max(0, Math.min(work.ended(), until) - Math.max(work.begun(), from)))
                .sum();
        return 1 - busy / ((double) (until - from) * byWorker.size());
    }
}
