package io.wanstreams.transport.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.ChunkHeaders;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.TestKafka;
import io.wanstreams.transport.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Chunks and references as nobody of ours would write them: each is refused by name, and the next bundle is read. */
class HostileBundleIT {

    private static final int CHUNK = ChunkHeaders.CHUNK_BYTES;
    private static final JobId JOB = TestKafka.newJobId();
    private static final TopicPartition PARTITION = new TopicPartition(Topics.CHECKPOINTS, 0);

    private static TestKafka kafka;
    private static KafkaBundleStore store;
    private static Producer<String, byte[]> producer;
    private static String topicId;

    /** A chunk before it is sent, for tests to spoil. */
    private static final class Chunk {
        final Map<String, byte[]> headers;
        final byte @Nullable [] value;

        Chunk(Map<String, byte[]> headers, byte @Nullable [] value) {
            this.headers = headers;
            this.value = value;
        }
    }

    @BeforeAll
    static void open() throws Exception {
        kafka = TestKafka.shared();
        store = new KafkaBundleStore(kafka.clients);
        producer = kafka.clients.bundleProducer("hostile");
        topicId = Topic.of(kafka.clients.admin(), Topics.CHECKPOINTS).id();
    }

    @AfterAll
    static void close() {
        producer.close();
        store.close();
        kafka.close();
    }

    @Test
    void skipsRecordsOfOthersBetweenTheChunks() throws Exception {
        byte[] bytes = BundleStoreContract.random(3 * CHUNK);
        List<Chunk> chunks = chunksOf(bytes, "mine");
        List<Chunk> others = chunksOf(bytes, "other");
        Chunk noise = new Chunk(Map.of("wan-chunk", bytes("x/y")), null);
        BundleRef ref = send(
                bytes,
                List.of(chunks.get(0), noise, others.get(0), others.get(1), chunks.get(1), noise, chunks.get(2)),
                3);

        assertThat(read(ref)).isEqualTo(bytes);
        try (InputStream part = store.open(ref, 2L * CHUNK + 5, 7)) {
            assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 2 * CHUNK + 5, 2 * CHUNK + 12));
        }
    }

    @Test
    void refusesADamagedValue() throws Exception {
        byte[] bytes = BundleStoreContract.random(2 * CHUNK);
        List<Chunk> chunks = chunksOf(bytes, "damaged");
        byte[] damaged = Arrays.copyOfRange(bytes, CHUNK, 2 * CHUNK);
        damaged[77] ^= 1;
        BundleRef ref = send(bytes, List.of(chunks.get(0), new Chunk(chunks.get(1).headers, damaged)), 2);

        refused(ref, "is damaged in chunk 1 at offset " + ref.lastOffset());
        assertThatThrownBy(() -> store.open(ref, CHUNK, 1).close()).isInstanceOf(BadBundleException.class);
    }

    @Test
    void refusesAMissingARepeatedAndASwappedChunk() throws Exception {
        byte[] bytes = BundleStoreContract.random(3 * CHUNK);
        List<Chunk> c = chunksOf(bytes, "order");
        Chunk noise = new Chunk(Map.of(), new byte[1]);

        refused(send(bytes, List.of(c.get(0), noise, c.get(2)), 3), "has chunk 2 at offset", "expected 1");
        refused(send(bytes, List.of(c.get(0), c.get(1), noise), 3), "lacks chunk 2 up to offset");
        refused(send(bytes, List.of(c.get(0), c.get(0), c.get(1), c.get(2)), 3), "has chunk 0 at offset", "expected 1");
        refused(send(bytes, List.of(c.get(0), c.get(2), c.get(1)), 3), "has chunk 2 at offset", "expected 1");
        refused(send(bytes, List.of(c.get(1), c.get(2), noise), 3), "does not begin at offset");
    }

    @Test
    void refusesAValueOfAnotherLength() throws Exception {
        byte[] bytes = BundleStoreContract.random(CHUNK + 10);
        List<Chunk> chunks = chunksOf(bytes, "length");

        refused(
                send(bytes, List.of(chunks.get(0), new Chunk(chunks.get(1).headers, new byte[9])), 2),
                "has 9 bytes in chunk 1",
                "expected 10");
        refused(
                send(bytes, List.of(chunks.get(0), new Chunk(chunks.get(1).headers, null)), 2),
                "has nothing in chunk 1");
    }

    @Test
    void refusesAReferenceBeyondTheEndAndBeforeTheBeginning() throws Exception {
        byte[] bytes = BundleStoreContract.random(CHUNK);
        BundleRef ref = send(bytes, chunksOf(bytes, "moved"), 1);
        BundleRef beyond = BundleStoreContract.with(ref, ref.firstOffset() + 1_000_000, ref.length(), ref.sha256());

        refused(beyond, "ends at offset " + beyond.lastOffset());

        kafka.clients
                .admin()
                .deleteRecords(Map.of(PARTITION, RecordsToDelete.beforeOffset(ref.lastOffset() + 1)))
                .all()
                .get(30, TimeUnit.SECONDS);
        send(bytes, chunksOf(bytes, "later"), 1);
        refused(ref, "was removed by the topic's retention");
    }

    @Test
    void refusesAReferenceIntoAnotherTopicOrPartition() throws Exception {
        byte[] bytes = BundleStoreContract.random(10);
        BundleRef ref = send(bytes, chunksOf(bytes, "where"), 1);

        refused(at(ref, ref.topic(), "AAAAAAAAAAAAAAAAAAAAAA", 0), "it was deleted and made again");
        refused(at(ref, ref.topic(), ref.topicId(), 99), "partition 99 of a topic with 1");
        assertThatThrownBy(() -> store.open(at(ref, "wan.nowhere", ref.topicId(), 0)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("wan.nowhere");
    }

    /** Every header is spoiled in many ways; the reader answers with the bytes that were written, or by refusing. */
    @Test
    void survivesMutatedHeaders() throws Exception {
        Random random = new Random(42);
        byte[] bytes = BundleStoreContract.random(1000);
        byte[][] values = {
            bytes(""),
            bytes("0"),
            bytes("-1"),
            bytes("0/0"),
            bytes("1/1"),
            bytes("0/2"),
            bytes("999999999/999999999"),
            bytes("18446744073709551616"),
            bytes("9223372036854775807"),
            bytes("0/1 "),
            bytes("zzzzzzzz"),
            bytes("00000000"),
            bytes("x".repeat(10_000)),
            new byte[] {(byte) 0xff, (byte) 0xfe, 0}
        };
        List<String> names = List.copyOf(chunksOf(bytes, "names").get(0).headers.keySet());
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            Map<String, byte[]> headers =
                    new LinkedHashMap<>(chunksOf(bytes, "mutant" + i).get(0).headers);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(6) == 0) {
                headers.remove(name);
            } else {
                headers.put(name, values[random.nextInt(values.length)]);
            }
            BundleRef ref = send(bytes, List.of(new Chunk(headers, bytes)), 1);
            try {
                assertThat(read(ref)).as("header %s", name).isEqualTo(bytes);
            } catch (BadBundleException e) {
                refused++;
                assertThat(e).hasMessageContaining(Long.toString(ref.firstOffset()));
            }
        }
        assertThat(refused).isGreaterThan(30);
        BundleRef good = send(bytes, chunksOf(bytes, "good"), 1);
        assertThat(read(good)).isEqualTo(bytes);
    }

    private static void refused(BundleRef ref, String... parts) {
        assertThatThrownBy(() -> read(ref))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining(ref.topic() + "-" + ref.partition() + "@" + ref.firstOffset())
                .hasMessageContainingAll(parts);
    }

    private static byte[] read(BundleRef ref) throws Exception {
        try (InputStream stream = store.open(ref)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw e.getCause() instanceof BundleException known ? known : e;
        }
    }

    private static BundleRef at(BundleRef ref, String topic, String id, int partition) {
        return new BundleRef(
                topic,
                id,
                partition,
                ref.firstOffset(),
                ref.lastOffset(),
                ref.length(),
                ref.chunks(),
                ref.sha256(),
                ref.mediaType(),
                ref.tensors());
    }

    private static List<Chunk> chunksOf(byte[] bytes, String bundle) {
        int count = ChunkHeaders.chunksOf(bytes.length);
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] value = Arrays.copyOfRange(bytes, i * CHUNK, Math.min(bytes.length, (i + 1) * CHUNK));
            CRC32C crc = new CRC32C();
            crc.update(value);
            Map<String, byte[]> headers = new LinkedHashMap<>();
            new ChunkHeaders("video/mp4", bundle, i, count, bytes.length, (int) crc.getValue(), JOB, "denoise", null)
                    .toMap()
                    .forEach((name, text) -> headers.put(name, bytes(text)));
            chunks.add(new Chunk(headers, value));
        }
        return chunks;
    }

    private static BundleRef send(byte[] bytes, List<Chunk> chunks, int count) throws Exception {
        List<RecordMetadata> sent = new ArrayList<>();
        for (Chunk chunk : chunks) {
            ProducerRecord<String, byte[]> message =
                    new ProducerRecord<>(Topics.CHECKPOINTS, 0, JOB.toString(), chunk.value);
            chunk.headers.forEach((name, value) -> message.headers().add(name, value));
            sent.add(producer.send(message).get(30, TimeUnit.SECONDS));
        }
        return new BundleRef(
                Topics.CHECKPOINTS,
                topicId,
                0,
                sent.get(0).offset(),
                sent.get(sent.size() - 1).offset(),
                bytes.length,
                count,
                HexFormat.of().formatHex(Digests.sha256().digest(bytes)),
                "video/mp4",
                List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
