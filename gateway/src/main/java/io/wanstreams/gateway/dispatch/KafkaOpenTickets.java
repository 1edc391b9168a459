package io.wanstreams.gateway.dispatch;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Open tickets as Kafka knows them.
 *
 * <p>A share group's lag counts every record from the first that is not accepted, leased ones and markers of transactions
 * included. It is therefore never too low: zero means that surely nothing is open. It can stay above zero when only
 * markers are left and nobody polls, but then there is no worker either who could have lost a ticket.
 *
 * <p>The prompt stage's ordinary group commits the offset after the last ticket, before the marker that follows it, so
 * its lag stays at one for ever. What counts is whether a committed record lies at or after the group's offset: read,
 * skipping markers, until one is found or the end is reached.
 */
public final class KafkaOpenTickets implements OpenTickets, AutoCloseable {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaClients clients;
    private @Nullable Consumer<String, byte[]> consumer;

    public KafkaOpenTickets(KafkaClients clients) {
        this.clients = clients;
    }

    @Override
    public boolean isNoneOpen(StageName stage, String model) {
        String topic = Topics.ticketTopic(stage, model);
        return stage == StageName.PROMPT ? !hasRecordsPastGroup(topic) : isShareGroupDone(topic);
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    private boolean isShareGroupDone(String topic) {
        Map<TopicPartition, SharePartitionOffsetInfo> offsets = get(
                topic,
                clients.admin()
                        .listShareGroupOffsets(Map.of(topic, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(topic));
        // A group that has never been initialised reports nothing: nothing is known then.
        return !offsets.isEmpty()
                && offsets.values().stream()
                        .allMatch(info -> info != null && info.lag().orElse(-1L) == 0);
    }

    private boolean hasRecordsPastGroup(String topic) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(topic, clients.admin().listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata());
        try {
            Consumer<String, byte[]> reader = reader();
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            return partitions.stream().anyMatch(partition -> hasRecords(reader, partition, committed.get(partition)));
        } catch (KafkaException e) {
            throw new TransportException("The tickets of " + topic + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean hasRecords(
            Consumer<String, byte[]> reader, TopicPartition partition, @Nullable OffsetAndMetadata from) {
        List<TopicPartition> one = List.of(partition);
        reader.assign(one);
        if (from == null) {
            reader.seekToBeginning(one);
        } else {
            reader.seek(partition, from.offset());
        }
        long end = reader.endOffsets(one).getOrDefault(partition, Long.MAX_VALUE);
        long giveUp = System.nanoTime() + CALL_LIMIT.toNanos();
        while (reader.position(partition) < end) {
            if (!reader.poll(POLL).isEmpty()) {
                return true;
            }
            if (System.nanoTime() - giveUp > 0) {
                throw new TransportException("Reading " + partition + " took longer than " + CALL_LIMIT);
            }
        }
        return false;
    }

    private Consumer<String, byte[]> reader() {
        if (consumer == null) {
            consumer = clients.barrierConsumer("wan-open-tickets");
        }
        return consumer;
    }

    private static <T> T get(String topic, KafkaFuture<T> answer) {
        try {
            return answer.get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException("Interrupted while asking for the group of " + topic, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new TransportException(
                    "Kafka did not tell how far the group of " + topic + " is: " + e.getCause(), e);
        }
    }
}
