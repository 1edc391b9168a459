package io.wanstreams.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionFeedTest {

    private static final TopicPartition PARTITION = new TopicPartition("busy", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
    private final AtomicInteger written = new AtomicInteger();

    /** As with the heartbeats of many workers: before the feed has read what was there, more is. */
    @Test
    void catchesUpThoughTheEndIsAlwaysAhead() throws InterruptedException {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 1L));
        consumer.schedulePollTask(this::writeOneMore);

        AtomicInteger heard = new AtomicInteger();
        try (PartitionFeed feed = PartitionFeed.fromBeginning(
                new Topic("busy", "id", 1), consumer, message -> heard.incrementAndGet(), () -> true)) {
            assertThat(feed.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(feed.awaitCaughtUp(PATIENCE)).as("again and again").isTrue();
        }
        assertThat(heard.get()).isPositive();
    }

    /** The reader gets a record, and the end lies one further. */
    private void writeOneMore() {
        int offset = written.getAndIncrement();
        consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, "key", new byte[0]));
        consumer.updateEndOffsets(Map.of(PARTITION, offset + 2L));
        consumer.schedulePollTask(this::writeOneMore);
    }
}
