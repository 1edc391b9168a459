package io.wanstreams.transport.log;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * What has become of a job, fact by fact, read again from the log. One consumer is used again and again, by one caller at
 * a time.
 */
public final class JobHistory implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<String, byte[]> consumer;

    public JobHistory(KafkaClients clients) {
        this.consumer = clients.barrierConsumer("wan-log-history");
    }

    /**
     * The job after each event that counted, in order, beginning with its submission.
     *
     * @param partition in which its events lie
     * @param submitted offset of its {@code job.submitted}
     * @param last offset of the last event that is asked for, which is committed
     * @param timeout how long the reading may take
     * @throws TransportException when it takes longer, or Kafka does not answer
     */
    @SuppressWarnings("ReferenceEquality") // the fold answers with the very same object when an event does not fit
    public synchronized List<Job> of(JobId id, int partition, long submitted, long last, Duration timeout) {
        List<Job> states = new ArrayList<>();
        Job job = null;
        for (RecordedEvent event : events(id, partition, submitted, last, timeout)) {
            Job after = JobFold.apply(job, event);
            if (after != null && after != job) {
                states.add(after);
            }
            job = after;
        }
        return states;
    }

    @Override
    public synchronized void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
    }

    private List<RecordedEvent> events(JobId id, int number, long first, long last, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        TopicPartition partition = new TopicPartition(Topics.JOBS, number);
        String key = id.toString();
        List<RecordedEvent> events = new ArrayList<>();
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, first);
            while (consumer.position(partition) <= last) {
                if (System.nanoTime() > deadline) {
                    throw new TransportException("Reading " + partition + " from offset " + first + " to " + last
                            + " took longer than " + timeout.toMillis() + " ms");
                }
                for (ConsumerRecord<String, byte[]> message :
                        consumer.poll(POLL).records(partition)) {
                    event(message, key, last).ifPresent(events::add);
                }
            }
        } catch (KafkaException e) {
            throw new TransportException("The job log cannot be read: " + e.getMessage(), e);
        }
        return events;
    }

    private static Optional<RecordedEvent> event(ConsumerRecord<String, byte[]> message, String key, long last) {
        return message.offset() <= last
                        && message.key() != null
                        && message.key().equals(key)
                ? JobRecords.decode(message)
                : Optional.empty();
    }
}
