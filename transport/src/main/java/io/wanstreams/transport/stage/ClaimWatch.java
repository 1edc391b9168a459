package io.wanstreams.transport.stage;

import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.log.JobRecords;
import io.wanstreams.transport.log.JobView;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the log for the claims of one worker while there are any, on one thread, and tells each what happens to its job. */
final class ClaimWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClaimWatch.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long TROUBLE_PAUSE_MILLIS = 500;

    private final Consumer<String, byte[]> consumer;
    private final Set<StageClaim> claims = new LinkedHashSet<>();
    private final Thread thread;
    private boolean closed;

    ClaimWatch(KafkaClients clients, String worker) {
        this.consumer = clients.followConsumer("wan-claim-watch");
        this.thread = new Thread(this::follow, "wan-watch-" + worker);
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void add(StageClaim claim) {
        claims.add(claim);
        notifyAll();
    }

    synchronized void remove(StageClaim claim) {
        claims.remove(claim);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        Set<StageClaim> followed = new HashSet<>();
        try {
            for (List<StageClaim> now = awaitClaims(); !now.isEmpty(); now = awaitClaims()) {
                try {
                    assign(now, followed);
                    read(now);
                } catch (RuntimeException e) {
                    // Whatever it is: without this thread no running job would hear that it was cancelled.
                    log.atWarn()
                            .setCause(e instanceof KafkaException ? null : e)
                            .addKeyValue("error", e.toString())
                            .log("Job log cannot be followed, waiting");
                    Thread.sleep(TROUBLE_PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            log.atDebug().log("Watch interrupted");
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    /** Waits for work; empty when there will be none. */
    private synchronized List<StageClaim> awaitClaims() throws InterruptedException {
        while (claims.isEmpty() && !closed) {
            wait();
        }
        return closed ? List.of() : List.copyOf(claims);
    }

    /** Each claim folds from its own place on, so reading a partition again from an earlier place harms nobody. */
    private void assign(Collection<StageClaim> now, Set<StageClaim> followed) {
        followed.retainAll(now);
        Set<TopicPartition> wanted = now.stream().map(ClaimWatch::partition).collect(Collectors.toSet());
        // Positions from before an idle time are of no use to anybody.
        Set<TopicPartition> before = followed.isEmpty() ? new HashSet<>() : new HashSet<>(consumer.assignment());
        if (!wanted.equals(consumer.assignment())) {
            consumer.assign(wanted);
        }
        for (StageClaim claim : now) {
            if (followed.add(claim)) {
                TopicPartition partition = partition(claim);
                long from = claim.view().upTo().next();
                if (before.add(partition) || consumer.position(partition) > from) {
                    consumer.seek(partition, from);
                }
            }
        }
    }

    private void read(Collection<StageClaim> now) {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
            Optional<RecordedEvent> event = JobRecords.decode(message);
            event.ifPresent(e -> now.forEach(claim -> claim.seen(e)));
        }
        for (StageClaim claim : now) {
            JobView view = claim.view();
            claim.advance(view.readTo(consumer.position(partition(claim))));
        }
    }

    private static TopicPartition partition(StageClaim claim) {
        return new TopicPartition(Topics.JOBS, claim.view().upTo().partition());
    }
}
