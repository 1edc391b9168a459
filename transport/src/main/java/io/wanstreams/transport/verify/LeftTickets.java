package io.wanstreams.transport.verify;

import io.wanstreams.transport.KafkaClients;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Tickets that their group has not accepted. A share group's lag says how many, and counts the markers of transactions too
 * until somebody fetches past them; so where there is lag, the records themselves are looked at.
 */
final class LeftTickets {

    private static final String TICKETS = "wan.tickets.";
    /** The one stage whose tickets an ordinary consumer group reads. */
    private static final String PROMPT_TICKETS = TICKETS + "prompt.";

    private final KafkaClients clients;
    private final Offsets offsets;

    LeftTickets(KafkaClients clients, Offsets offsets) {
        this.clients = clients;
        this.offsets = offsets;
    }

    static boolean isTicketTopic(String topic) {
        return topic.startsWith(TICKETS);
    }

    /** Sentences by topic; empty when all tickets have done their duty. */
    Map<String, String> left(Map<String, List<TopicPartition>> topics) {
        Map<String, String> left = new TreeMap<>();
        topics.forEach((topic, partitions) -> {
            if (isTicketTopic(topic)) {
                Map<TopicPartition, Long> from =
                        topic.startsWith(PROMPT_TICKETS) ? committed(topic, partitions) : shared(topic, partitions);
                List<String> tickets = from.isEmpty() ? List.of() : tickets(from);
                if (!tickets.isEmpty()) {
                    left.put(topic, tickets.size() + " not accepted by the group, the first is " + tickets.get(0));
                }
            }
        });
        return left;
    }

    private Map<TopicPartition, Long> committed(String topic, List<TopicPartition> partitions) {
        Map<TopicPartition, @Nullable OffsetAndMetadata> known = new HashMap<>(Offsets.answer(
                clients.admin()
                        .listConsumerGroupOffsets(Map.of(topic, new ListConsumerGroupOffsetsSpec()))
                        .partitionsToOffsetAndMetadata(topic),
                "tell the offsets of group " + topic));
        Map<TopicPartition, Long> from = new HashMap<>(offsets.beginnings(partitions));
        from.replaceAll((partition, beginning) -> {
            OffsetAndMetadata committed = known.get(partition);
            return committed == null ? beginning : Math.max(beginning, committed.offset());
        });
        return from;
    }

    private Map<TopicPartition, Long> shared(String topic, List<TopicPartition> partitions) {
        Map<TopicPartition, @Nullable SharePartitionOffsetInfo> known = new HashMap<>(Offsets.answer(
                clients.admin()
                        .listShareGroupOffsets(Map.of(topic, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(topic),
                "tell the offsets of share group " + topic));
        Map<TopicPartition, Long> from = new HashMap<>(offsets.beginnings(partitions));
        for (TopicPartition partition : partitions) {
            SharePartitionOffsetInfo info = known.get(partition);
            if (info != null && info.lag().orElse(1L) == 0) {
                from.remove(partition);
            } else if (info != null) {
                from.merge(partition, info.startOffset(), Math::max);
            }
        }
        return from;
    }

    /** What lies there, by job and offset; the markers of transactions are no records. */
    private List<String> tickets(Map<TopicPartition, Long> from) {
        List<String> tickets = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = clients.barrierConsumer("wan-verify-tickets")) {
            TopicScan.read(
                    consumer,
                    from,
                    offsets.committedEnds(from.keySet()),
                    message -> tickets.add(
                            "of job " + message.key() + " at " + message.partition() + ":" + message.offset()));
        }
        return tickets;
    }
}
