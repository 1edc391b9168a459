package io.wanstreams.gateway.intake;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then at how much room the brokers' disks have. A broker whose disk is full stops; the jobs that are under
 * way are to find room for their results, so no new ones are taken while one has less than a reserve.
 */
public final class BrokerDisk implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BrokerDisk.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);

    private final Admin admin;
    private final long reserveBytes;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "wan-broker-disk");
        made.setDaemon(true);
        return made;
    });
    private volatile boolean room = true;

    /** @param reserveBytes what every disk has to have left; 0 to never look */
    public BrokerDisk(Admin admin, long reserveBytes) {
        this.admin = admin;
        this.reserveBytes = reserveBytes;
        if (reserveBytes > 0) {
            Future<?> unused = thread.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether every disk had the reserve at the last look that was answered. */
    public boolean hasRoom() {
        return room;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            OptionalLong least = leastUsableBytes();
            boolean now = least.isEmpty() || least.getAsLong() >= reserveBytes;
            if (now != room) {
                room = now;
                log.atWarn()
                        .addKeyValue("usableBytes", least)
                        .addKeyValue("reserveBytes", reserveBytes)
                        .log(
                                now
                                        ? "Broker has room again, jobs are taken"
                                        : "Broker's disk is nearly full, no jobs are taken");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // Not allowed to ask, or the broker is away: submissions find out themselves.
            log.atDebug().addKeyValue("error", e.toString()).log("Broker's disk not known");
        }
    }

    private OptionalLong leastUsableBytes() throws ExecutionException, InterruptedException, TimeoutException {
        var nodes = admin.describeCluster().nodes().get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        return admin
                .describeLogDirs(nodes.stream().map(Node::id).toList())
                .allDescriptions()
                .get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .values()
                .stream()
                .flatMap(directories -> directories.values().stream())
                .map(LogDirDescription::usableBytes)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }
}
