package io.wanstreams.transport.ticket;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.json.MalformedContractException;
import io.wanstreams.contracts.ticket.Ticket;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tickets of one stage of one model, leased one at a time from their share group. One per worker, used by one
 * thread.
 *
 * <p>An idle worker polls until it gets a ticket: whoever stops after an empty poll may have leased one that nobody will
 * look at until the lock ends. With a ticket in hand it claims the job in the log, accepts the ticket and works without
 * polling; nothing is renewed, nothing released.
 */
public final class TicketQueue implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TicketQueue.class);

    /** A longer poll tends to return only when its time is over, whatever has come meanwhile. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Duration ACCEPT_TIMEOUT = Duration.ofSeconds(5);

    private final String topic;
    private final TicketCheck check;
    private final DeadLetters deadLetters;
    private final ShareConsumer<byte[], byte[]> consumer;

    public TicketQueue(KafkaClients clients, StageName stage, String model, DeadLetters deadLetters) {
        this.topic = Topics.ticketTopic(stage, model);
        this.check = new TicketCheck(stage, model);
        this.deadLetters = deadLetters;
        this.consumer = clients.shareConsumer(topic, "wan-tickets");
        consumer.subscribe(List.of(topic));
    }

    /**
     * A ticket, if one comes within 100 ms. What is no ticket becomes a dead letter. The last lease must have been
     * accepted.
     *
     * @throws TransportException when the broker does not do its part; close this queue and open another
     */
    public Optional<TicketLease> poll() {
        try {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                Optional<TicketLease> lease = lease(message);
                if (lease.isPresent()) {
                    return lease;
                }
            }
            return Optional.empty();
        } catch (KafkaException | IllegalStateException e) {
            throw new TransportException("Tickets of " + topic + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Says that the ticket has done its duty. An error is logged and no more: the ticket then comes back, to this worker
     * or another, and is recognised by the log.
     */
    public void accept(TicketLease lease) {
        accept(lease.message());
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(2));
    }

    private Optional<TicketLease> lease(ConsumerRecord<byte[], byte[]> message) {
        try {
            Ticket ticket = check.read(message.value());
            return Optional.of(new TicketLease(ticket, message, System.nanoTime()));
        } catch (MalformedContractException e) {
            deadLetters.write(message, String.valueOf(e.getMessage()));
            accept(message);
            return Optional.empty();
        }
    }

    private void accept(ConsumerRecord<byte[], byte[]> message) {
        try {
            consumer.acknowledge(message, AcknowledgeType.ACCEPT);
            Map<TopicIdPartition, Optional<KafkaException>> results = consumer.commitSync(ACCEPT_TIMEOUT);
            results.values().forEach(error -> error.ifPresent(e -> notAccepted(message, e)));
        } catch (KafkaException | IllegalStateException e) {
            notAccepted(message, e);
        }
    }

    private static void notAccepted(ConsumerRecord<byte[], byte[]> message, Exception e) {
        log.atWarn()
                .addKeyValue("topic", message.topic())
                .addKeyValue("partition", message.partition())
                .addKeyValue("offset", message.offset())
                .addKeyValue("error", e.toString())
                .log("Ticket not accepted, it will come back");
    }
}
