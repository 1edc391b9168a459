package io.wanstreams.gateway.webhook;

import io.wanstreams.contracts.json.MalformedContractException;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.ticket.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what stands in the partitions that this member of the group holds. All state is the fold of the topic, read from
 * its beginning after an assignment; nothing is tried before that has been read, so that what was delivered is not
 * delivered again. Used by one thread. After any exception the shift is over.
 */
final class DeliveryShift {

    private static final Logger log = LoggerFactory.getLogger(DeliveryShift.class);

    private record Landed(Delivery delivery, Caller.Outcome outcome) {}

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final DeadLetters deadLetters;
    private final Caller caller;
    private final WebhookSettings settings;
    private final InstantSource clock;
    private final Map<Integer, Lanes> lanes = new HashMap<>();
    private final Map<Integer, Long> readyAt = new HashMap<>();
    private final Queue<Landed> landed = new ConcurrentLinkedQueue<>();

    DeliveryShift(
            Consumer<String, byte[]> consumer,
            Producer<String, byte[]> producer,
            DeadLetters deadLetters,
            Caller caller,
            WebhookSettings settings,
            InstantSource clock) {
        this.consumer = consumer;
        this.producer = producer;
        this.deadLetters = deadLetters;
        this.caller = caller;
        this.settings = settings;
        this.clock = clock;
        consumer.subscribe(List.of(Topics.WEBHOOKS), new Assignment());
    }

    /** Reads what is new, writes down what came of attempts, and makes those that are due. */
    void step(Duration wait) {
        if (pending() >= settings.pendingLimit()) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
        consumer.poll(wait).forEach(this::read);
        settle();
        depart();
    }

    /** How many events are to be delivered. */
    int pending() {
        return lanes.values().stream().mapToInt(Lanes::size).sum();
    }

    private void read(ConsumerRecord<String, byte[]> message) {
        try {
            DeliveryRecord line = DeliveryJson.read(message.value() == null ? new byte[0] : message.value());
            lanes.computeIfAbsent(message.partition(), p -> new Lanes())
                    .apply(
                            String.valueOf(message.key()),
                            message.partition(),
                            message.offset(),
                            Instant.ofEpochMilli(message.timestamp()),
                            line);
        } catch (MalformedContractException e) {
            log.atWarn()
                    .addKeyValue("topic", message.topic())
                    .addKeyValue("partition", message.partition())
                    .addKeyValue("offset", message.offset())
                    .addKeyValue("problem", e.getMessage())
                    .log("Line of deliveries not understood");
        }
    }

    private void depart() {
        Map<String, Integer> flying = new HashMap<>();
        lanes.values()
                .forEach(lane -> lane.flying().forEach((place, count) -> flying.merge(place, count, Integer::sum)));
        int room = settings.inFlight()
                - flying.values().stream().mapToInt(Integer::intValue).sum();
        for (Map.Entry<Integer, Lanes> lane : lanes.entrySet()) {
            TopicPartition partition = new TopicPartition(Topics.WEBHOOKS, lane.getKey());
            if (consumer.position(partition) < readyAt.getOrDefault(lane.getKey(), 0L)) {
                continue;
            }
            List<Delivery> departing =
                    lane.getValue().depart(clock.instant(), room, settings.inFlightPerReceiver(), flying);
            room -= departing.size();
            departing.forEach(delivery -> caller.call(delivery)
                    .subscribe()
                    .with(
                            outcome -> landed.add(new Landed(delivery, outcome)),
                            error -> landed.add(new Landed(
                                    delivery,
                                    new Caller.Outcome(
                                            Caller.Answer.NOT_NOW,
                                            error.getClass().getSimpleName())))));
        }
    }

    /** Writes down what came of attempts. What is written is folded in at once; read back, it changes nothing more. */
    void settle() {
        List<Landed> all = new ArrayList<>();
        for (Landed one = landed.poll(); one != null; one = landed.poll()) {
            all.add(one);
        }
        for (Landed one : all) {
            DeliveryRecord line = line(one.delivery(), one.outcome());
            write(one.delivery(), line);
            Lanes lane = lanes.get(one.delivery().partition());
            if (lane != null) {
                lane.landed(one.delivery());
                lane.apply(
                        one.delivery().job(),
                        one.delivery().partition(),
                        one.delivery().offset(),
                        clock.instant(),
                        line);
            }
            log.atInfo()
                    .addKeyValue("jobId", one.delivery().job())
                    .addKeyValue("event", one.delivery().queued().type())
                    .addKeyValue("receiver", one.delivery().queued().receiver())
                    .addKeyValue("attempt", one.delivery().attempts() + 1)
                    .addKeyValue("outcome", one.outcome().reason())
                    .log("Webhook attempted");
        }
    }

    private DeliveryRecord line(Delivery delivery, Caller.Outcome outcome) {
        String event = delivery.queued().event();
        String receiver = delivery.queued().receiver();
        int attempts = delivery.attempts() + 1;
        if (outcome.answer() == Caller.Answer.TAKEN) {
            return new DeliveryRecord.Ended(event, receiver, "delivered");
        } else if (outcome.answer() == Caller.Answer.NEVER
                || attempts > settings.retries().size()) {
            deadLetters.write(
                    letter(delivery),
                    "webhook to " + receiver + " given up after " + attempts + " attempts: " + outcome.reason());
            return new DeliveryRecord.Ended(event, receiver, "abandoned");
        }
        Instant next = clock.instant().plus(settings.retries().get(attempts - 1));
        return new DeliveryRecord.Attempted(event, receiver, attempts, next, outcome.reason());
    }

    private static ConsumerRecord<String, byte[]> letter(Delivery delivery) {
        return new ConsumerRecord<>(
                Topics.WEBHOOKS,
                delivery.partition(),
                delivery.offset(),
                delivery.job(),
                delivery.queued().body().getBytes(StandardCharsets.UTF_8));
    }

    private void write(Delivery delivery, DeliveryRecord line) {
        try {
            producer.send(WebhookAnnouncer.record(delivery.job(), line))
                    .get(KafkaClients.CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new TransportException("What came of a webhook cannot be written: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException("Interrupted while writing what came of a webhook", e);
        }
    }

    private final class Assignment implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.endOffsets(partitions).forEach((partition, end) -> {
                lanes.put(partition.partition(), new Lanes());
                readyAt.put(partition.partition(), end);
            });
            consumer.seekToBeginning(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> {
                lanes.remove(partition.partition());
                readyAt.remove(partition.partition());
            });
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            onPartitionsRevoked(partitions);
        }
    }
}
