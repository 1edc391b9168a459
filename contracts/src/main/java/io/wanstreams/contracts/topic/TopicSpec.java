package io.wanstreams.contracts.topic;

import java.time.Duration;

/**
 * One row of the topic table.
 *
 * @param name the topic's name; {@code <stage>} and {@code <model>} stand for parts that vary
 * @param localPartitions partitions in one process
 * @param clusterPartitions partitions in a cluster
 * @param retention how long records stay
 * @param key what the record key is
 * @param writtenBy who writes
 * @param readBy who reads
 */
public record TopicSpec(
        String name,
        int localPartitions,
        int clusterPartitions,
        Duration retention,
        String key,
        String writtenBy,
        String readBy) {

    /** The same row under a name without variables. */
    public TopicSpec named(String newName) {
        return new TopicSpec(newName, localPartitions, clusterPartitions, retention, key, writtenBy, readBy);
    }
}
