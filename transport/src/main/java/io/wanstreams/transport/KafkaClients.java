package io.wanstreams.transport;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes the Kafka clients of this module. Every setting that differs from Kafka's default stands here with its reason;
 * whoever asks for a client closes it.
 */
public final class KafkaClients implements AutoCloseable {

    /** How long a transaction may stay open before the broker aborts it; it holds readers back meanwhile. */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

    /** A blocking call of a client gives up after this long; a broker's restart takes about 5 s. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

    private static final int BUNDLE_FETCH_BYTES = 16 << 20;
    private static final int BUNDLE_BUFFER_BYTES = 48 << 20;
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final KafkaSettings settings;
    private final Admin admin;

    public KafkaClients(KafkaSettings settings) {
        this.settings = settings;
        this.admin = Admin.create(common("admin"));
    }

    /** For questions about topics and groups; shared, closed with this object. */
    public Admin admin() {
        return admin;
    }

    /** Single appends: acknowledged by all replicas, in order, sent at once. */
    public Producer<String, byte[]> eventProducer(String clientId) {
        return producer(reliable(clientId));
    }

    /** Appends in transactions; a second producer of the same id fences the first. */
    public Producer<String, byte[]> transactionalProducer(String transactionalId) {
        Map<String, Object> config = reliable(transactionalId);
        config.put("transactional.id", transactionalId);
        config.put("transaction.timeout.ms", (int) TRANSACTION_TIMEOUT.toMillis());
        return producer(config);
    }

    /** Chunks of bundles: as reliable, with room for many large records on their way. */
    public Producer<String, byte[]> bundleProducer(String clientId) {
        Map<String, Object> config = reliable(clientId);
        config.put("buffer.memory", BUNDLE_BUFFER_BYTES);
        return producer(config);
    }

    /** Heartbeats: one acknowledgement, and rather lost than late. */
    public Producer<String, byte[]> progressProducer(String clientId) {
        Map<String, Object> config = common(clientId);
        config.put("acks", "1");
        config.put("enable.idempotence", false);
        config.put("linger.ms", 0);
        config.put("max.block.ms", 2_000);
        config.put("request.timeout.ms", 2_000);
        config.put("delivery.timeout.ms", 4_000);
        return producer(config);
    }

    /**
     * Reads of a range up to the end, again and again with one consumer. The short wait matters: a long poll of the
     * previous assignment would block the next read for its whole length, 505 ms instead of about 15.
     */
    public Consumer<String, byte[]> barrierConsumer(String clientId) {
        Map<String, Object> config = reader(clientId);
        config.put("fetch.max.wait.ms", 10);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Follows partitions as they grow. */
    public Consumer<String, byte[]> followConsumer(String clientId) {
        return new KafkaConsumer<>(reader(clientId), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A member of a consumer group that commits nothing by itself. Its place outlives it under its instance id: who comes
     * back has its partitions at once, and a forgotten twin is fenced. Offsets inside open transactions are waited for.
     *
     * @param instance stable name of this member in the group
     */
    public Consumer<String, byte[]> groupConsumer(String group, String instance, String clientId) {
        Map<String, Object> config = reader(clientId);
        config.put("group.id", group);
        config.put("group.instance.id", instance);
        config.put("session.timeout.ms", 6_000);
        config.put("heartbeat.interval.ms", 1_500);
        config.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads large ranges: with the default fetch size every chunk would be a round trip of its own. */
    public Consumer<String, byte[]> bundleConsumer(String clientId) {
        Map<String, Object> config = reader(clientId);
        config.put("fetch.max.wait.ms", 10);
        config.put("max.partition.fetch.bytes", BUNDLE_FETCH_BYTES);
        config.put("fetch.max.bytes", BUNDLE_FETCH_BYTES);
        // Chunks are written outside transactions; an open one nearby must not hide them.
        config.put("isolation.level", "read_uncommitted");
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Leases of one record at a time, acknowledged explicitly. The record limit keeps a worker from leasing tickets it
     * cannot work on, the unbounded poll interval lets it work for hours between two polls.
     */
    public ShareConsumer<byte[], byte[]> shareConsumer(String group, String clientId) {
        Map<String, Object> config = common(clientId);
        config.put("group.id", group);
        config.put("share.acknowledgement.mode", "explicit");
        config.put("share.acquire.mode", "record_limit");
        config.put("max.poll.records", 1);
        config.put("max.poll.interval.ms", Integer.MAX_VALUE);
        return new KafkaShareConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private Map<String, Object> reliable(String clientId) {
        Map<String, Object> config = common(clientId);
        config.put("acks", "all");
        config.put("enable.idempotence", true);
        // Kafka 4 waits 5 ms for more records by default; here every append is waited for.
        config.put("linger.ms", 0);
        config.put("max.block.ms", (int) CALL_TIMEOUT.toMillis());
        return config;
    }

    private Map<String, Object> reader(String clientId) {
        Map<String, Object> config = common(clientId);
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        config.put("isolation.level", "read_committed");
        config.put("allow.auto.create.topics", false);
        return config;
    }

    private Map<String, Object> common(String clientId) {
        Map<String, Object> config = new HashMap<>(settings.properties());
        config.put("bootstrap.servers", settings.bootstrapServers());
        // Numbered: two clients of one id in one JVM quarrel over their metrics' names.
        config.put("client.id", clientId + "-" + COUNTER.incrementAndGet());
        config.put("request.timeout.ms", REQUEST_TIMEOUT_MS);
        config.put("default.api.timeout.ms", (int) CALL_TIMEOUT.toMillis());
        config.put("reconnect.backoff.max.ms", 1_000);
        config.put("enable.metrics.push", false);
        return config;
    }

    private static Producer<String, byte[]> producer(Map<String, Object> config) {
        config.remove("default.api.timeout.ms");
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }
}
