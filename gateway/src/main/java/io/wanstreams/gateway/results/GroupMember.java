package io.wanstreams.gateway.results;

import io.wanstreams.transport.KafkaClients;
import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a gateway's share of a consumer group's work as long as the gateway lives. A dead gateway's partitions go to others
 * within the group's session time-out, 6 s; one that comes back under its id has them at once, and one that stops in good
 * order gives them away. After any trouble the work begins anew.
 */
public final class GroupMember implements AutoCloseable {

    /** The work from its beginning to its end, with the member's consumer. */
    @FunctionalInterface
    public interface Work {

        /** Begins. */
        Term begin(Consumer<String, byte[]> consumer);
    }

    /** Work that has begun. */
    public interface Term extends AutoCloseable {

        /** Does what there is to do, or waits this long for something. */
        void step(Duration wait);

        /** Never waits long. */
        @Override
        void close();
    }

    private static final Logger log = LoggerFactory.getLogger(GroupMember.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Another has taken our name: two that take it from each other in turn would get nothing done. */
    private static final Duration PAUSE_WHEN_REPLACED = Duration.ofSeconds(30);

    private final KafkaClients clients;
    private final String group;
    private final String gateway;
    private final Duration poll;
    private final Work work;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Runnable wakeup = () -> {};

    /**
     * Works from {@link #start} on.
     *
     * @param group the consumer group of all gateways
     * @param gateway this gateway's name, different for each
     * @param poll how long a step may wait
     */
    public GroupMember(KafkaClients clients, String group, String gateway, Duration poll, Work work) {
        this.clients = clients;
        this.group = group;
        this.gateway = memberName(gateway);
        this.poll = poll;
        this.work = work;
        this.thread = new Thread(this::run, group);
        thread.setDaemon(true);
    }

    /** A gateway's name with only those characters that Kafka takes in the name of a member. */
    public static String memberName(String gateway) {
        return gateway.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopping = true;
        // Not an interrupt: what is being written is written to its end.
        wakeup.run();
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
                log.atDebug().addKeyValue("group", group).log("Member stops");
            } catch (FencedInstanceIdException | ProducerFencedException e) {
                log.atWarn()
                        .addKeyValue("group", group)
                        .addKeyValue("gateway", gateway)
                        .log("Another process works under this gateway's id, see wan.gateway.id");
                pause(PAUSE_WHEN_REPLACED);
            } catch (RuntimeException e) {
                // Nobody else does this gateway's share: it must outlive any trouble.
                if (!stopping) {
                    log.atWarn().addKeyValue("group", group).setCause(e).log("Work failed, beginning anew");
                    pause(PAUSE);
                }
            }
        }
    }

    private void serve() {
        Consumer<String, byte[]> consumer = clients.groupConsumer(group, gateway, group);
        wakeup = consumer::wakeup;
        try (Term term = work.begin(consumer)) {
            while (!stopping) {
                term.step(poll);
            }
        } finally {
            close(consumer);
        }
    }

    private void close(Consumer<String, byte[]> consumer) {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(2))
                    .withGroupMembershipOperation(
                            stopping
                                    ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                                    : CloseOptions.GroupMembershipOperation.DEFAULT));
        } catch (KafkaException e) {
            log.atDebug().addKeyValue("group", group).setCause(e).log("Consumer did not close in good order");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            log.atDebug().log("Member stops");
        }
    }
}
