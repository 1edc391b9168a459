package io.wanstreams.gateway.board;

import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.log.JobLogFeed;
import io.wanstreams.transport.log.LogPosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Keeps a board hot, and tells without blocking anybody when it has reached a place in the log. */
public final class BoardFeed implements Barrier, AutoCloseable {

    private static final long LOOK_AGAIN_MILLIS = 2;

    private record Waiter(Map<Integer, Long> ends, CompletableFuture<@Nullable Void> done) {}

    private final KafkaClients clients;
    private final JobLogFeed feed;
    private final Duration limit;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean armed = new AtomicBoolean();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "wan-board-barrier");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts to read the log into the board, from its beginning, on a thread of its own.
     *
     * @param limit how long anybody waits for the board
     * @throws io.wanstreams.transport.TransportException when there is no job log
     */
    public BoardFeed(KafkaClients clients, JobBoard board, Duration limit) {
        this.clients = clients;
        this.limit = limit;
        this.feed = new JobLogFeed(clients, (event, after) -> board.apply(after.partition(), event));
    }

    /** The id of the log that is followed; tickets carry it. */
    public String topicId() {
        return feed.topic().id();
    }

    /** How long ago the board last held everything that was in the log. */
    public Duration sinceCaughtUp() {
        return feed.sinceCaughtUp();
    }

    @Override
    public CompletableFuture<@Nullable Void> awaitEnd() {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        IntStream.range(0, feed.topic().partitions())
                .forEach(partition -> latest.put(new TopicPartition(Topics.JOBS, partition), OffsetSpec.latest()));
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        committed.timeoutMs((int) limit.toMillis());
        return clients.admin()
                .listOffsets(latest, committed)
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .thenCompose(ends -> {
                    Map<Integer, Long> next = new HashMap<>();
                    ends.forEach((partition, end) -> next.put(partition.partition(), end.offset()));
                    return await(next);
                });
    }

    @Override
    public CompletableFuture<@Nullable Void> awaitPast(LogPosition place) {
        return await(Map.of(place.partition(), place.offset() + 1));
    }

    @Override
    public void close() {
        looks.shutdownNow();
        feed.close();
    }

    private CompletableFuture<@Nullable Void> await(Map<Integer, Long> ends) {
        Waiter waiter = new Waiter(ends, new CompletableFuture<>());
        if (isReached(waiter)) {
            waiter.done().complete(null);
        } else {
            waiters.add(waiter);
            arm();
        }
        return waiter.done().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void arm() {
        if (!looks.isShutdown() && armed.compareAndSet(false, true)) {
            Future<?> unused = looks.schedule(this::look, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        armed.set(false);
        waiters.removeIf(waiter -> {
            if (isReached(waiter)) {
                waiter.done().complete(null);
            }
            return waiter.done().isDone();
        });
        if (!waiters.isEmpty()) {
            arm();
        }
    }

    private boolean isReached(Waiter waiter) {
        return waiter.ends().entrySet().stream()
                .allMatch(end -> feed.position(end.getKey()).next() >= end.getValue());
    }
}
