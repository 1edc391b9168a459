package io.wanstreams.transport.topic;

import io.wanstreams.contracts.topic.TopicSpec;
import io.wanstreams.contracts.topic.Topics;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What matters in a topic that exists already; each rule with the sentence that refuses its breach. */
final class TopicRules {

    private static final Logger log = LoggerFactory.getLogger(TopicRules.class);

    private TopicRules() {}

    static void check(TopicSpec topic, TopicPlan.Profile profile, int partitions, Config config) {
        String name = topic.name();
        if (name.equals(Topics.JOBS) && partitions != profile.partitions(topic)) {
            throw mismatch(
                    name,
                    partitions + " partitions",
                    profile.partitions(topic) + " in profile " + profile
                            + ": its count must never change, or a job's events no longer lie in one order",
                    "choose the profile that made it, or another Kafka");
        }
        if (topic.clusterPartitions() == 1 && partitions != 1) {
            throw mismatch(
                    name,
                    partitions + " partitions",
                    "1: share groups bind partitions to members, and a busy worker would keep tickets from idle ones",
                    "delete the topic and let it be made again");
        }
        if (value(config, TopicConfigs.CLEANUP_POLICY).contains("compact")) {
            throw mismatch(
                    name,
                    "cleanup.policy=" + value(config, TopicConfigs.CLEANUP_POLICY),
                    "delete: compaction removes all but the last event of a job, and chunks of bundles",
                    "set cleanup.policy=delete");
        }
        if (name.equals(Topics.JOBS)
                && !value(config, TopicConfigs.TIMESTAMP_TYPE).equals(TopicConfigs.APPEND_TIME)) {
            throw mismatch(
                    name,
                    TopicConfigs.TIMESTAMP_TYPE + "=" + value(config, TopicConfigs.TIMESTAMP_TYPE),
                    TopicConfigs.APPEND_TIME + ": a job's times must come from one clock",
                    "set " + TopicConfigs.TIMESTAMP_TYPE + "=" + TopicConfigs.APPEND_TIME);
        }
        if (Long.parseLong(value(config, TopicConfigs.MAX_MESSAGE_BYTES)) < TopicConfigs.MESSAGE_BYTES) {
            throw mismatch(
                    name,
                    TopicConfigs.MAX_MESSAGE_BYTES + "=" + value(config, TopicConfigs.MAX_MESSAGE_BYTES),
                    "at least " + TopicConfigs.MESSAGE_BYTES + ", or chunks of bundles do not fit",
                    "raise it");
        }
        warnOfShortRetention(topic, Long.parseLong(value(config, "retention.ms")));
    }

    private static void warnOfShortRetention(TopicSpec topic, long retentionMillis) {
        if (retentionMillis >= 0 && retentionMillis < topic.retention().toMillis()) {
            log.atWarn()
                    .addKeyValue("topic", topic.name())
                    .addKeyValue("retentionMs", retentionMillis)
                    .addKeyValue("expectedMs", topic.retention().toMillis())
                    .log("Topic keeps its records for a shorter time than intended");
        }
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    private static TopicMismatchException mismatch(String topic, String found, String expected, String remedy) {
        return new TopicMismatchException(
                "Topic " + topic + " has " + found + ", expected " + expected + "; " + remedy);
    }
}
