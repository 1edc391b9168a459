package io.wanstreams.gateway.results;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.log.JobRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Announces, exactly once, what new events of the log call for. The members of a consumer group share the partitions of
 * {@code wan.jobs}; announcements and the offsets up to which they go are one transaction, which the broker refuses to
 * whoever has lost the partition or been replaced. Whether an event counts needs the whole partition before it: after an
 * assignment it is folded from its beginning, and announced from the committed offset on.
 *
 * <p>Used by one thread. After any exception the term is over: close both clients and begin another.
 */
final class ResultTerm {

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final List<Announcer> announcers;
    private final Map<TopicPartition, PartitionFold> folds = new HashMap<>();
    private final Map<TopicPartition, Long> announceFrom = new HashMap<>();

    /**
     * Joins the group.
     *
     * @param consumer of the group, reading committed events only, committing nothing by itself
     * @param producer transactional; what it left open under its id is ended here
     */
    ResultTerm(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, List<Announcer> announcers) {
        this.consumer = consumer;
        this.producer = producer;
        this.announcers = List.copyOf(announcers);
        producer.initTransactions();
        consumer.subscribe(List.of(Topics.JOBS), new Assignment());
    }

    /** Waits for events, folds them, and announces what they call for. The number of announcements is returned. */
    int step(Duration wait) {
        List<ProducerRecord<String, byte[]>> announcements = new ArrayList<>();
        Set<TopicPartition> announced = new HashSet<>();
        for (ConsumerRecord<String, byte[]> event : consumer.poll(wait)) {
            TopicPartition partition = new TopicPartition(event.topic(), event.partition());
            List<ProducerRecord<String, byte[]>> called = fold(partition, event);
            if (!called.isEmpty()) {
                announcements.addAll(called);
                announced.add(partition);
            }
        }
        if (!announcements.isEmpty()) {
            write(announcements, announced);
        }
        return announcements.size();
    }

    private List<ProducerRecord<String, byte[]>> fold(
            TopicPartition partition, ConsumerRecord<String, byte[]> message) {
        Optional<Job> job = JobRecords.decode(message)
                .flatMap(event -> folds.computeIfAbsent(partition, p -> new PartitionFold())
                        .apply(event));
        if (job.isEmpty() || message.offset() < announceFrom.getOrDefault(partition, 0L)) {
            return List.of();
        }
        return announcers.stream()
                .flatMap(announcer -> announcer.announce(job.get()).stream())
                .toList();
    }

    private void write(List<ProducerRecord<String, byte[]>> announcements, Set<TopicPartition> announced) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        announced.forEach(partition -> offsets.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        producer.beginTransaction();
        for (ProducerRecord<String, byte[]> announcement : announcements) {
            // The commit waits for all of them and fails when one has failed.
            Future<RecordMetadata> unused = producer.send(announcement);
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
    }

    private final class Assignment implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.committed(new HashSet<>(partitions)).forEach((partition, committed) -> {
                folds.put(partition, new PartitionFold());
                announceFrom.put(partition, committed == null ? 0 : committed.offset());
            });
            consumer.seekToBeginning(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            folds.keySet().removeAll(partitions);
            announceFrom.keySet().removeAll(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            onPartitionsRevoked(partitions);
        }
    }
}
