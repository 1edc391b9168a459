package io.wanstreams.transport.bundle;

import io.wanstreams.transport.KafkaClients;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;

/** A few consumers to borrow: a new one costs about 50 ms, a used one nothing. */
final class ChunkConsumers implements AutoCloseable {

    private final KafkaClients clients;
    private final Semaphore permits;
    private final Duration wait;
    private final int limit;
    private final Deque<Consumer<String, byte[]>> idle = new ArrayDeque<>();
    private boolean closed;

    ChunkConsumers(KafkaClients clients, int limit, Duration wait) {
        this.clients = clients;
        this.limit = limit;
        this.permits = new Semaphore(limit);
        this.wait = wait;
    }

    Consumer<String, byte[]> borrow() throws BundleUnavailableException, InterruptedException {
        if (!permits.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BundleUnavailableException(
                    "All " + limit + " readers of bundles have been busy for " + wait.toSeconds() + " s");
        }
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        try {
            return clients.bundleConsumer("wan-bundle-reader");
        } catch (RuntimeException e) {
            permits.release();
            throw e;
        }
    }

    /** Takes a consumer back; one that had trouble is thrown away. */
    void giveBack(Consumer<String, byte[]> consumer, boolean healthy) {
        boolean keep;
        synchronized (this) {
            keep = healthy && !closed;
            if (keep) {
                // Drops what was fetched ahead.
                consumer.unsubscribe();
                idle.push(consumer);
            }
        }
        if (!keep) {
            close(consumer);
        }
        permits.release();
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(ChunkConsumers::close);
        idle.clear();
    }

    private static void close(Consumer<String, byte[]> consumer) {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
