package io.wanstreams.transport.verify;

import io.wanstreams.transport.TransportException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads partitions from given places to given ends, once. */
final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STALL = Duration.ofSeconds(30);

    private TopicScan() {}

    /**
     * Hands every record in [from, to) to the listener; what a partition is not named with in {@code from} is read from its
     * beginning.
     *
     * @throws TransportException when nothing comes for 30 s
     */
    static void read(
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            Consumer<ConsumerRecord<String, byte[]>> listener) {
        try {
            consumer.assign(to.keySet());
            consumer.seekToBeginning(to.keySet());
            from.forEach(consumer::seek);
            long heardAt = System.nanoTime();
            while (!isThere(consumer, to)) {
                ConsumerRecords<String, byte[]> some = consumer.poll(POLL);
                for (ConsumerRecord<String, byte[]> message : some) {
                    Long end = to.get(new TopicPartition(message.topic(), message.partition()));
                    if (end != null && message.offset() < end) {
                        listener.accept(message);
                    }
                }
                heardAt = some.isEmpty() ? heardAt : System.nanoTime();
                if (System.nanoTime() - heardAt > STALL.toNanos()) {
                    throw new TransportException(
                            "Kafka hands out nothing of " + to.keySet() + " for " + STALL.toSeconds() + " s");
                }
            }
        } catch (KafkaException e) {
            throw new TransportException("Kafka does not let read " + to.keySet() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isThere(
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer, Map<TopicPartition, Long> to) {
        Collection<Map.Entry<TopicPartition, Long>> ends = to.entrySet();
        return ends.stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
