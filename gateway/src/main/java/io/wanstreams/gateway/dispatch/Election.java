package io.wanstreams.gateway.dispatch;

import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one dispatcher among the gateways: whoever is assigned the one partition of {@code wan.dispatch} is active. A
 * dead holder is replaced within the group's session time-out, 6 s; one that stops in good order, at once.
 */
public final class Election implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Election.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SESSION_TIMEOUT_MS = 6_000;
    private static final int HEARTBEAT_INTERVAL_MS = 1_500;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean elected;
    private volatile boolean stopping;

    /** Stands for election from {@link #start} on. */
    public Election(KafkaSettings kafka, String group) {
        Map<String, Object> config = new HashMap<>(kafka.properties());
        config.put("bootstrap.servers", kafka.bootstrapServers());
        config.put("group.id", group);
        config.put("session.timeout.ms", SESSION_TIMEOUT_MS);
        config.put("heartbeat.interval.ms", HEARTBEAT_INTERVAL_MS);
        config.put("enable.auto.commit", false);
        config.put("allow.auto.create.topics", false);
        config.put("enable.metrics.push", false);
        config.put("reconnect.backoff.max.ms", 1_000);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::stand, "wan-dispatch-election");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Whether this gateway is the active dispatcher now, as far as it knows. */
    public boolean isElected() {
        return elected;
    }

    @Override
    public void close() {
        stopping = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stand() {
        consumer.subscribe(List.of(Topics.DISPATCH), new Mandate());
        while (!stopping) {
            try {
                consumer.poll(POLL);
            } catch (WakeupException e) {
                log.atDebug().log("Election stops");
            } catch (KafkaException e) {
                elected = false;
                log.atWarn()
                        .addKeyValue("topic", Topics.DISPATCH)
                        .setCause(e)
                        .log("Election cannot be held, trying again");
                pause();
            }
        }
        elected = false;
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
    }

    private void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    private final class Mandate implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                elected = true;
                log.atInfo().log("This gateway dispatches");
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            elected = elected && partitions.isEmpty();
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            onPartitionsRevoked(partitions);
        }
    }
}
