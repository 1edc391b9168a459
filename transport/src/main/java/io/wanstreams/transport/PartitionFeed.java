package io.wanstreams.transport;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of a topic without a group, on one thread, and hands every record to a listener. Nothing is
 * queued: a slow listener slows the reading down. Broker trouble is logged and waited out.
 */
public final class PartitionFeed implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PartitionFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LOOK_AT_END_NANOS = Duration.ofMillis(500).toNanos();
    private static final long TROUBLE_PAUSE_MILLIS = 500;

    private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
    private final Consumer<ConsumerRecord<String, byte[]>> listener;
    private final List<TopicPartition> partitions;
    private final Map<Integer, Long> positions = new ConcurrentHashMap<>();
    private final Object progress = new Object();
    private final Thread thread;
    private final BooleanSupplier isSameTopic;
    private volatile boolean closed;
    private volatile boolean replaced;
    private volatile long caughtUpAtNanos;
    private volatile boolean everCaughtUp;
    private long lookedAtEndNanos;
    private Map<TopicPartition, Long> endsAhead = Map.of();

    private PartitionFeed(
            Topic topic,
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
            Consumer<ConsumerRecord<String, byte[]>> listener,
            boolean fromBeginning,
            BooleanSupplier isSameTopic) {
        this.consumer = consumer;
        this.listener = listener;
        this.isSameTopic = isSameTopic;
        this.partitions = IntStream.range(0, topic.partitions())
                .mapToObj(p -> new TopicPartition(topic.name(), p))
                .toList();
        this.caughtUpAtNanos = System.nanoTime();
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
        this.thread = new Thread(this::follow, "wan-feed-" + topic.name());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Everything that is in the topic and that comes. The consumer is closed by the feed.
     *
     * @param isSameTopic asked now and then; once it says no the listener hears nothing more, and the feed has never
     *     caught up again: what was read before and what would come are not one history
     */
    public static PartitionFeed fromBeginning(
            Topic topic,
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
            Consumer<ConsumerRecord<String, byte[]>> listener,
            BooleanSupplier isSameTopic) {
        return new PartitionFeed(topic, consumer, listener, true, isSameTopic);
    }

    /** Only what comes from now on. */
    public static PartitionFeed fromEnd(
            Topic topic,
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
            Consumer<ConsumerRecord<String, byte[]>> listener) {
        return new PartitionFeed(topic, consumer, listener, false, () -> true);
    }

    /** Offset of the first record of the partition that the listener has not had. */
    public long position(int partition) {
        return positions.getOrDefault(partition, 0L);
    }

    /** Waits until the listener had everything that was there at some moment after this call; false when time runs out. */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        long asked = System.nanoTime();
        return await(timeout, () -> everCaughtUp && caughtUpAtNanos - asked > 0);
    }

    /** Waits until the listener had everything before that offset; false when time runs out. */
    public boolean awaitPosition(int partition, long offset, Duration timeout) throws InterruptedException {
        return await(timeout, () -> position(partition) >= offset);
    }

    /** How long ago the feed last had read everything, on this machine's monotonic clock. */
    public Duration sinceCaughtUp() {
        return Duration.ofNanos(System.nanoTime() - caughtUpAtNanos);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try {
            while (!closed) {
                readSome();
            }
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
        }
    }

    private void readSome() {
        try {
            for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
                hand(message);
            }
            for (TopicPartition partition : partitions) {
                positions.put(partition.partition(), consumer.position(partition));
            }
            lookAtEnd();
            synchronized (progress) {
                progress.notifyAll();
            }
        } catch (WakeupException e) {
            log.atDebug().log("Feed woken up");
        } catch (RuntimeException e) {
            // Whatever it is: a feed that ended in silence would leave its readers in the past.
            log.atWarn().addKeyValue("partitions", partitions).setCause(e).log("Feed cannot read, waiting");
            pause();
        }
    }

    private void hand(ConsumerRecord<String, byte[]> message) {
        if (message.offset() < position(message.partition())) {
            // Offsets never go back in one topic.
            lookAtTopic();
        }
        if (replaced) {
            return;
        }
        try {
            listener.accept(message);
        } catch (RuntimeException e) {
            // One bad record must not stop the reading of all others.
            log.atError()
                    .addKeyValue("topic", message.topic())
                    .addKeyValue("partition", message.partition())
                    .addKeyValue("offset", message.offset())
                    .setCause(e)
                    .log("Listener failed on a record");
        }
    }

    /**
     * An empty poll alone does not tell an idle topic from a broker that is away; an answer about the end does. The feed
     * has caught up when it has read up to an end that it saw earlier: in a busy topic the end of this moment is always
     * ahead.
     */
    private void lookAtEnd() {
        if (endsAhead.isEmpty() && isTimeToLook()) {
            lookedAtEndNanos = System.nanoTime();
            lookAtTopic();
            endsAhead = consumer.endOffsets(partitions);
        }
        if (!replaced && !endsAhead.isEmpty() && endsAhead.entrySet().stream().allMatch(this::isReached)) {
            caughtUpAtNanos = lookedAtEndNanos;
            everCaughtUp = true;
            endsAhead = Map.of();
        }
    }

    private void lookAtTopic() {
        if (!replaced && !isSameTopic.getAsBoolean()) {
            replaced = true;
            log.atError()
                    .addKeyValue("partitions", partitions)
                    .log("Topic was deleted and made again, its readers must start anew");
        }
    }

    private boolean isTimeToLook() {
        return !everCaughtUp || System.nanoTime() - lookedAtEndNanos >= LOOK_AT_END_NANOS;
    }

    private boolean isReached(Map.Entry<TopicPartition, Long> end) {
        return consumer.position(end.getKey()) >= end.getValue();
    }

    private boolean await(Duration timeout, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (progress) {
            while (!condition.getAsBoolean()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                progress.wait(left);
            }
        }
        return true;
    }

    private void pause() {
        try {
            Thread.sleep(TROUBLE_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
