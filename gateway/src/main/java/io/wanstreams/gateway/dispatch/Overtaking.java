package io.wanstreams.gateway.dispatch;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Who was started before whom. The tickets of a topic come in their order, so a job that others overtake who began to wait
 * much later has no ticket any more, though some are always open.
 */
final class Overtaking {

    /** By topic: since when the job had waited that was started and had waited the shortest. */
    private final Map<String, Long> latest = new HashMap<>();

    void started(StageName stage, String model, long waitedSinceNanos) {
        latest.merge(Topics.ticketTopic(stage, model), waitedSinceNanos, Overtaking::later);
    }

    /** Whether somebody was started who began to wait so much later. */
    boolean isOvertaken(StageName stage, String model, long sinceNanos, Duration by) {
        Long started = latest.get(Topics.ticketTopic(stage, model));
        return started != null && started - sinceNanos >= by.toNanos();
    }

    void forget() {
        latest.clear();
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }
}
