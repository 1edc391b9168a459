package io.wanstreams.transport.topic;

import io.wanstreams.contracts.topic.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Broker settings of topics and share groups, each with its reason. */
final class TopicConfigs {

    static final String TIMESTAMP_TYPE = "message.timestamp.type";
    static final String APPEND_TIME = "LogAppendTime";
    static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    static final String CLEANUP_POLICY = "cleanup.policy";

    /** Kafka's default: 1 MiB and the overhead of a batch. A chunk of 960 KiB with its headers fits. */
    static final int MESSAGE_BYTES = 1_048_588;

    private static final Duration SHORTEST_SEGMENT = Duration.ofMinutes(10);
    private static final Duration LONGEST_SEGMENT = Duration.ofDays(1);
    private static final int SEGMENTS_PER_RETENTION = 6;

    private TopicConfigs() {}

    static Map<String, String> of(TopicSpec spec, TopicPlan.Profile profile) {
        Map<String, String> config = new HashMap<>();
        config.put("retention.ms", Long.toString(spec.retention().toMillis()));
        config.put("segment.ms", Long.toString(segment(spec.retention()).toMillis()));
        config.put(CLEANUP_POLICY, "delete");
        config.put(TIMESTAMP_TYPE, APPEND_TIME);
        config.put(MAX_MESSAGE_BYTES, Integer.toString(MESSAGE_BYTES));
        config.put("min.insync.replicas", profile == TopicPlan.Profile.CLUSTER ? "2" : "1");
        return config;
    }

    /** Whole segments are removed, so that a topic that never rests would keep its week-long default segment. */
    private static Duration segment(Duration retention) {
        Duration share = retention.dividedBy(SEGMENTS_PER_RETENTION);
        if (share.compareTo(SHORTEST_SEGMENT) < 0) {
            return SHORTEST_SEGMENT;
        }
        return share.compareTo(LONGEST_SEGMENT) > 0 ? LONGEST_SEGMENT : share;
    }

    static Map<String, String> shareGroup() {
        return Map.of(
                // By default a new group skips the tickets that were there before it.
                "share.auto.offset.reset", "earliest",
                // Tickets are written in transactions; those of aborted ones must stay unseen.
                "share.isolation.level", "read_committed",
                // Covers the claim alone, which takes well under a second.
                "share.record.lock.duration.ms", "30000",
                "share.delivery.count.limit", "10");
    }
}
