package io.wanstreams.transport.log;

import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.Topic;
import io.wanstreams.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads one job's events from a place in the log to its end, committed ones only. One consumer is used again and again,
 * by one thread at a time; a read takes about 15 ms.
 */
public final class JobLogReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Admin admin;
    private volatile Topic topic;
    private final Consumer<String, byte[]> consumer;

    /**
     * Opens the log for reading.
     *
     * @throws TransportException when there is no job log
     */
    public JobLogReader(KafkaClients clients) {
        this.admin = clients.admin();
        this.topic = Topic.of(admin, Topics.JOBS);
        this.consumer = clients.barrierConsumer("wan-log-reader");
    }

    /** The job log as it was when this reader was opened, or last met a cursor into another. */
    public Topic topic() {
        return topic;
    }

    /**
     * Why the log cannot be read from there: another topic of that name, or no such partition; empty when it can. A log
     * that was deleted and made again is recognised by the first cursor into the new one.
     *
     * @throws TransportException when that cannot be told in time
     */
    public Optional<String> objectionTo(LogCursor cursor) {
        if (!cursor.topicId().equals(topic.id())) {
            topic = Topic.of(admin, Topics.JOBS);
        }
        if (!cursor.topicId().equals(topic.id())) {
            return Optional.of("is about job log " + cursor.topicId() + ", this one is " + topic.id());
        }
        return cursor.partition() < topic.partitions()
                ? Optional.empty()
                : Optional.of("names partition " + cursor.partition() + " of a job log with " + topic.partitions());
    }

    /**
     * What was read.
     *
     * @param view the job, folded to the end; unchanged when the view came from beyond it
     * @param end of what was committed at the time of the read
     */
    public record Reading(JobView view, long end) {

        /** How far the log itself bears the view out. */
        public long confirmedTo() {
            return Math.min(view.upTo().next(), end);
        }
    }

    /**
     * The view, read on to the end of what is committed now.
     *
     * @throws TransportException when the broker does not answer in time
     */
    public synchronized Reading readToEnd(JobView view) {
        try {
            TopicPartition partition =
                    new TopicPartition(Topics.JOBS, view.upTo().partition());
            consumer.assign(List.of(partition));
            long end = end(partition);
            if (end <= view.upTo().next()) {
                return new Reading(view, end);
            }
            consumer.seek(partition, view.upTo().next());
            return new Reading(fold(view, partition, end), end);
        } catch (KafkaException e) {
            throw new TransportException("The job log cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
    }

    private long end(TopicPartition partition) {
        Long end = consumer.endOffsets(List.of(partition)).get(partition);
        if (end == null) {
            throw new TransportException("Kafka gave no end of " + partition);
        }
        return end;
    }

    private JobView fold(JobView view, TopicPartition partition, long end) {
        long deadline = System.nanoTime() + KafkaClients.CALL_TIMEOUT.toNanos();
        JobView folded = view;
        while (consumer.position(partition) < end) {
            if (System.nanoTime() > deadline) {
                throw new TransportException("Reading " + partition + " up to offset " + end + " took longer than "
                        + KafkaClients.CALL_TIMEOUT.toSeconds() + " s; at " + consumer.position(partition));
            }
            for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL).records(partition)) {
                folded = JobRecords.decode(message).map(folded::after).orElse(folded);
            }
        }
        return folded.readTo(consumer.position(partition));
    }
}
