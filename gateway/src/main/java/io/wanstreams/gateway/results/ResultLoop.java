package io.wanstreams.gateway.results;

import io.wanstreams.transport.KafkaClients;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces as long as the gateway lives. A dead gateway's partitions go to others within the group's session time-out, 6
 * s; one that comes back under its id has them at once, and one that stops in good order gives them away.
 */
public final class ResultLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ResultLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Another has taken our name: two that take it from each other in turn would get nothing done. */
    private static final Duration PAUSE_WHEN_REPLACED = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final String group;
    private final String gateway;
    private final List<Announcer> announcers;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Runnable wakeup = () -> {};

    /**
     * Announces from {@link #start} on.
     *
     * @param group the consumer group of all gateways
     * @param gateway this gateway's name, different for each
     */
    public ResultLoop(KafkaClients clients, String group, String gateway, List<Announcer> announcers) {
        this.clients = clients;
        this.group = group;
        // What Kafka takes as the name of a member.
        this.gateway = gateway.replaceAll("[^A-Za-z0-9._-]", "-");
        this.announcers = List.copyOf(announcers);
        this.thread = new Thread(this::run, "wan-results");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopping = true;
        wakeup.run();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                serve();
            } catch (WakeupException | InterruptException e) {
                log.atDebug().log("Announcing stops");
            } catch (FencedInstanceIdException | ProducerFencedException e) {
                log.atWarn()
                        .addKeyValue("gateway", gateway)
                        .log("Another process announces under this gateway's id, see wan.gateway.id");
                pause(PAUSE_WHEN_REPLACED);
            } catch (RuntimeException e) {
                // Nobody else announces for this gateway's partitions: it must outlive any trouble.
                log.atWarn().setCause(e).log("Announcing failed, reading the log again");
                pause(PAUSE);
            }
        }
    }

    private void serve() {
        Consumer<String, byte[]> consumer = clients.groupConsumer(group, gateway, "wan-results");
        Producer<String, byte[]> producer = null;
        try {
            wakeup = consumer::wakeup;
            producer = clients.transactionalProducer("wan-results-" + gateway);
            ResultTerm term = new ResultTerm(consumer, producer, announcers);
            while (!stopping) {
                int written = term.step(POLL);
                if (written > 0) {
                    log.atDebug().addKeyValue("records", written).log("Announced");
                }
            }
        } finally {
            close(consumer, producer);
        }
    }

    private void close(Consumer<String, byte[]> consumer, @Nullable Producer<String, byte[]> producer) {
        boolean interrupted = Thread.interrupted();
        try {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(2))
                    .withGroupMembershipOperation(
                            stopping
                                    ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                                    : CloseOptions.GroupMembershipOperation.DEFAULT));
        } catch (KafkaException e) {
            log.atDebug().setCause(e).log("Client did not close in good order");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            log.atDebug().log("Announcing stops");
        }
    }
}
