package io.wanstreams.transport.bundle;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.ChunkHeaders;
import io.wanstreams.transport.Topic;
import io.wanstreams.transport.TransportException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chunks of one bundle in order and verifies each before it hands it out. Records of others that lie between
 * are skipped; a record with this bundle's id that is not the chunk expected is an error.
 */
final class ChunkReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long STALL_NANOS = Duration.ofSeconds(15).toNanos();

    private final BundleRef ref;
    private final ChunkConsumers consumers;
    private final Consumer<String, byte[]> consumer;
    private final TopicPartition partition;
    private final int firstIndex;
    private final int lastIndex;
    private final @Nullable OverlappedDigest sha256;
    private Iterator<ConsumerRecord<String, byte[]>> fetched =
            List.<ConsumerRecord<String, byte[]>>of().iterator();
    private byte @Nullable [] ahead;
    private @Nullable String bundle;
    private String owner = "of an unknown job";
    private int expected;
    private boolean healthy = true;
    private boolean open = true;

    private ChunkReader(BundleRef ref, int firstIndex, int lastIndex, boolean whole, ChunkConsumers consumers)
            throws BundleUnavailableException, InterruptedException {
        this.ref = ref;
        this.firstIndex = firstIndex;
        this.lastIndex = lastIndex;
        this.expected = firstIndex;
        this.sha256 = whole ? new OverlappedDigest() : null;
        this.partition = new TopicPartition(ref.topic(), ref.partition());
        this.consumers = consumers;
        this.consumer = consumers.borrow();
    }

    /** All chunks; the SHA-256 is checked before the last is handed out. The first is read and checked at once. */
    static ChunkReader whole(BundleRef ref, ChunkConsumers consumers, BundleIds ids, Admin admin)
            throws BundleException, InterruptedException {
        ChunkReader reader = new ChunkReader(ref, 0, ref.chunks() - 1, true, consumers);
        return reader.begin(ids, admin);
    }

    /** The chunks that hold these bytes. */
    static ChunkReader range(
            BundleRef ref, long offset, long length, ChunkConsumers consumers, BundleIds ids, Admin admin)
            throws BundleException, InterruptedException {
        int first = (int) (offset / ChunkHeaders.CHUNK_BYTES);
        int last = (int) ((offset + length - 1) / ChunkHeaders.CHUNK_BYTES);
        ChunkReader reader = new ChunkReader(ref, first, last, false, consumers);
        return reader.begin(ids, admin);
    }

    /** Where in the bundle the first chunk of this reader begins. */
    long startByte() {
        return (long) firstIndex * ChunkHeaders.CHUNK_BYTES;
    }

    /** The next chunk, verified; null after the last. */
    byte @Nullable [] next() throws BundleException, InterruptedException {
        if (ahead != null) {
            byte[] chunk = ahead;
            ahead = null;
            return chunk;
        }
        return expected > lastIndex ? null : read();
    }

    BadBundleException bad(String problem, @Nullable Throwable cause) {
        String message = "Bundle " + name() + " " + owner + " " + problem;
        return cause == null ? new BadBundleException(message) : new BadBundleException(message, cause);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            consumers.giveBack(consumer, healthy);
        }
    }

    private ChunkReader begin(BundleIds ids, Admin admin) throws BundleException, InterruptedException {
        try {
            checkTopic(Topic.of(admin, ref.topic()));
            consumer.assign(List.of(partition));
            checkEnd();
            bundle = firstIndex == 0 ? null : ids.of(ref).orElse(null);
            if (firstIndex > 0 && bundle == null) {
                seek(ref.firstOffset());
                identify(nextRecord());
            }
            // Chunk k cannot lie before offset first + k, and a range needs no earlier one.
            seek(ref.firstOffset() + firstIndex);
            ahead = read();
            ids.remember(ref, String.valueOf(bundle));
            return this;
        } catch (KafkaException | TransportException e) {
            throw trouble(e);
        } catch (BundleException e) {
            close();
            throw e;
        }
    }

    private byte[] read() throws BundleException, InterruptedException {
        try {
            while (true) {
                ConsumerRecord<String, byte[]> message = nextRecord();
                if (bundle == null) {
                    identify(message);
                }
                if (String.valueOf(bundle).equals(text(message, "wan-bundle"))) {
                    byte[] chunk = verified(message);
                    if (chunk != null) {
                        return chunk;
                    }
                }
            }
        } catch (KafkaException e) {
            throw trouble(e);
        }
    }

    private void checkTopic(Topic topic) throws BadBundleException {
        if (!topic.id().equals(ref.topicId())) {
            throw bad(
                    "lies in topic id " + ref.topicId() + ", and the topic of that name is now " + topic.id()
                            + ": it was deleted and made again",
                    null);
        }
        if (ref.partition() >= topic.partitions()) {
            throw bad("lies in partition " + ref.partition() + " of a topic with " + topic.partitions(), null);
        }
    }

    private void checkEnd() throws BadBundleException {
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (ref.lastOffset() >= end) {
            throw bad("ends at offset " + ref.lastOffset() + ", and the partition at " + end, null);
        }
    }

    /** The first chunk says which bundle this is; it must stand exactly where the reference says. */
    private void identify(ConsumerRecord<String, byte[]> message) throws BadBundleException {
        if (message.offset() != ref.firstOffset()) {
            throw lacking();
        }
        ChunkHeaders headers = parse(message);
        if (headers.index() != 0) {
            throw bad("does not begin at offset " + message.offset() + ": found chunk " + headers.index(), null);
        }
        checkAgainstReference(headers, message.offset());
        bundle = headers.bundle();
        owner = "of job " + headers.job() + ", stage " + headers.stage();
    }

    /** The chunk's bytes; null for a chunk before the range. */
    private byte @Nullable [] verified(ConsumerRecord<String, byte[]> message)
            throws BadBundleException, InterruptedException {
        ChunkHeaders headers = parse(message);
        owner = "of job " + headers.job() + ", stage " + headers.stage();
        checkAgainstReference(headers, message.offset());
        if (headers.index() < firstIndex && expected == firstIndex) {
            return null;
        }
        if (headers.index() != expected) {
            throw bad(
                    "has chunk " + headers.index() + " at offset " + message.offset() + ", expected " + expected, null);
        }
        byte[] value = message.value();
        if (value == null || value.length != headers.valueBytes()) {
            throw bad(
                    "has " + (value == null ? "nothing" : value.length + " bytes") + " in chunk " + expected
                            + " at offset " + message.offset() + ", expected " + headers.valueBytes(),
                    null);
        }
        CRC32C crc = new CRC32C();
        crc.update(value);
        if ((int) crc.getValue() != headers.crc32c()) {
            throw bad(
                    "is damaged in chunk " + expected + " at offset " + message.offset() + ": CRC32C "
                            + hex(crc.getValue()) + ", expected " + hex(headers.crc32c()),
                    null);
        }
        checkDigest(value, message.offset());
        expected++;
        return value;
    }

    private void checkDigest(byte[] value, long offset) throws BadBundleException, InterruptedException {
        if (sha256 == null) {
            return;
        }
        sha256.update(value);
        if (expected == ref.chunks() - 1) {
            String found = sha256.hex();
            if (!found.equals(ref.sha256())) {
                throw bad("ends at offset " + offset + " with SHA-256 " + found + ", expected " + ref.sha256(), null);
            }
        }
    }

    private ChunkHeaders parse(ConsumerRecord<String, byte[]> message) throws BadBundleException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : message.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        try {
            return ChunkHeaders.parse(headers);
        } catch (IllegalArgumentException e) {
            throw bad("has a broken chunk at offset " + message.offset() + ": " + e.getMessage(), e);
        }
    }

    private void checkAgainstReference(ChunkHeaders headers, long offset) throws BadBundleException {
        if (headers.length() != ref.length() || headers.count() != ref.chunks()) {
            throw bad(
                    "has " + ref.length() + " bytes in " + ref.chunks() + " chunks, and its chunk at offset " + offset
                            + " says " + headers.length() + " in " + headers.count(),
                    null);
        }
    }

    private ConsumerRecord<String, byte[]> nextRecord() throws BundleException {
        long deadline = System.nanoTime() + STALL_NANOS;
        while (!fetched.hasNext()) {
            if (consumer.position(partition) > ref.lastOffset()) {
                throw lacking();
            }
            if (System.nanoTime() > deadline) {
                healthy = false;
                throw new BundleUnavailableException(
                        "Bundle " + name() + " " + owner + " cannot be read: nothing came for 15 s");
            }
            fetched = consumer.poll(POLL).records(partition).iterator();
        }
        ConsumerRecord<String, byte[]> message = fetched.next();
        if (message.offset() > ref.lastOffset()) {
            throw lacking();
        }
        return message;
    }

    private BadBundleException lacking() {
        long beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        return beginning > ref.firstOffset()
                ? bad("was removed by the topic's retention: the partition begins at offset " + beginning, null)
                : bad("lacks chunk " + expected + " up to offset " + ref.lastOffset(), null);
    }

    private void seek(long offset) {
        fetched = List.<ConsumerRecord<String, byte[]>>of().iterator();
        consumer.seek(partition, offset);
    }

    private BundleUnavailableException trouble(RuntimeException e) throws InterruptedException {
        healthy = false;
        close();
        if (e instanceof InterruptException) {
            Thread.interrupted();
            throw new InterruptedException("Interrupted while reading a bundle");
        }
        return new BundleUnavailableException(
                "Bundle " + name() + " " + owner + " cannot be read: " + e.getMessage(), e);
    }

    private String name() {
        return partition + "@" + ref.firstOffset();
    }

    private static String text(ConsumerRecord<String, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String hex(long crc) {
        return String.format("%08x", (int) crc);
    }
}
