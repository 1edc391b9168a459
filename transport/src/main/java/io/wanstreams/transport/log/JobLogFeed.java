package io.wanstreams.transport.log;

import io.wanstreams.contracts.ticket.LogCursor;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.PartitionFeed;
import io.wanstreams.transport.Topic;
import java.time.Duration;

/**
 * Reads the whole job log from its beginning and follows it, committed events only; for boards that hold every job. When
 * the log is deleted and made again, nothing of the new one is told, and the feed never catches up again: what was folded
 * before is about jobs that are gone, so whoever holds it must start anew.
 */
public final class JobLogFeed implements AutoCloseable {

    private final Topic topic;
    private final PartitionFeed feed;

    /**
     * Starts reading, on a thread of its own.
     *
     * @throws io.wanstreams.transport.TransportException when there is no job log
     */
    public JobLogFeed(KafkaClients clients, JobLogListener listener) {
        this.topic = Topic.of(clients.admin(), Topics.JOBS);
        this.feed = PartitionFeed.fromBeginning(
                topic,
                clients.followConsumer("wan-log-feed"),
                message -> JobRecords.decode(message)
                        .ifPresent(event -> listener.onEvent(
                                event, new LogCursor(topic.id(), message.partition(), message.offset() + 1))),
                () -> Topic.of(clients.admin(), Topics.JOBS).id().equals(topic.id()));
    }

    public Topic topic() {
        return topic;
    }

    /** How far a partition has been read, with all its events handed to the listener. */
    public LogCursor position(int partition) {
        return new LogCursor(topic.id(), partition, feed.position(partition));
    }

    /** Waits until everything has been read that was in the log when this was called; false when time runs out. */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return feed.awaitCaughtUp(timeout);
    }

    /** Waits until an event has been read; false when time runs out. */
    public boolean awaitPast(LogPosition position, Duration timeout) throws InterruptedException {
        return feed.awaitPosition(position.partition(), position.offset() + 1, timeout);
    }

    /** How long ago the feed last knew that it had read everything: a sign that the log can be read at all. */
    public Duration sinceCaughtUp() {
        return feed.sinceCaughtUp();
    }

    @Override
    public void close() {
        feed.close();
    }
}
