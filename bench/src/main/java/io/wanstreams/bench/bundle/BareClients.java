package io.wanstreams.bench.bundle;

import io.wanstreams.contracts.bundle.ChunkHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The yardstick: one producer and one consumer, both kept open and well set, that carry the same bytes in records of
 * the same size, and neither look at them nor describe them.
 */
final class BareClients implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FETCH_BYTES = 32 << 20;
    private static final int BUFFER_BYTES = 64 << 20;

    private final TopicPartition partition;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    BareClients(String bootstrapServers, String topic) {
        this.partition = new TopicPartition(topic, 0);
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        0,
                        "buffer.memory",
                        BUFFER_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "enable.auto.commit", false,
                        "fetch.max.wait.ms", 10,
                        "fetch.max.bytes", FETCH_BYTES,
                        "max.partition.fetch.bytes", FETCH_BYTES),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Carries the bytes there and back. */
    RoundTrip carry(byte[] bytes) throws ExecutionException, InterruptedException {
        long begun = System.nanoTime();
        long first = write(bytes);
        long written = System.nanoTime();
        read(first, bytes.length);
        long done = System.nanoTime();
        return new RoundTrip(Duration.ofNanos(written - begun), Duration.ofNanos(done - written));
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }

    /** The offset of the first record. */
    private long write(byte[] bytes) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += ChunkHeaders.CHUNK_BYTES) {
            byte[] value =
                    java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + ChunkHeaders.CHUNK_BYTES));
            sent.add(producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, value)));
        }
        for (Future<RecordMetadata> record : sent) {
            record.get();
        }
        return sent.get(0).get().offset();
    }

    private void read(long first, int length) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, first);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int read = 0; read < length; ) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                read += record.value().length;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Only " + read + " of " + length + " bytes of " + partition
                        + " came back within " + PATIENCE.toSeconds() + " s");
            }
        }
    }
}
