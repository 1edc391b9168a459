package io.wanstreams.transport.bundle;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.ChunkHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Cuts one bundle into chunks and sends them, in order, to one partition. */
final class ChunkWriter implements WritableByteChannel {

    private final Producer<String, byte[]> producer;
    private final BundleDescription description;
    private final int partition;
    private final long length;
    private final int count;
    private final String bundle = UUID.randomUUID().toString();
    private final MessageDigest sha256 = Digests.sha256();
    private final ByteBuffer chunk;
    private final CountDownLatch acknowledged;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int index;
    private volatile long firstOffset = -1;
    private volatile long lastOffset = -1;

    ChunkWriter(Producer<String, byte[]> producer, BundleDescription description, int partition, long length) {
        this.producer = producer;
        this.description = description;
        this.partition = partition;
        this.length = length;
        this.count = ChunkHeaders.chunksOf(length);
        this.chunk = ByteBuffer.allocate((int) Math.min(length, ChunkHeaders.CHUNK_BYTES));
        this.acknowledged = new CountDownLatch(count);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int taken = source.remaining();
        while (source.hasRemaining()) {
            if (index == count) {
                throw new IOException("Content is longer than the " + length + " bytes it announced");
            }
            int fits = Math.min(source.remaining(), chunk.remaining());
            chunk.put(source.slice(source.position(), fits));
            source.position(source.position() + fits);
            if (!chunk.hasRemaining() || (long) index * ChunkHeaders.CHUNK_BYTES + chunk.position() == length) {
                send();
            }
        }
        return taken;
    }

    /** Waits for all acknowledgements. */
    BundleRef finish(String topicId, BundleContent content, long timeoutMillis)
            throws IOException, InterruptedException {
        if (length == 0 && index == 0) {
            send();
        }
        if (index < count) {
            throw new IOException("Content is shorter than the " + length + " bytes it announced");
        }
        boolean all = acknowledged.await(timeoutMillis, TimeUnit.MILLISECONDS);
        failIfFailed();
        if (!all) {
            throw new IOException(acknowledged.getCount() + " of " + count + " chunks were not acknowledged within "
                    + timeoutMillis + " ms");
        }
        return new BundleRef(
                description.topic(),
                topicId,
                partition,
                firstOffset,
                lastOffset,
                length,
                count,
                HexFormat.of().formatHex(sha256.digest()),
                description.mediaType(),
                content.tensors());
    }

    @Override
    public boolean isOpen() {
        return index < count;
    }

    @Override
    public void close() {
        // Nothing to free: the producer belongs to the store.
    }

    private void send() throws IOException {
        failIfFailed();
        chunk.flip();
        sha256.update(chunk.duplicate());
        CRC32C crc = new CRC32C();
        crc.update(chunk.duplicate());
        ChunkHeaders headers = new ChunkHeaders(
                description.mediaType(),
                bundle,
                index,
                count,
                length,
                (int) crc.getValue(),
                description.job(),
                description.stage(),
                null);
        // The producer copies the value before send() returns, so a full chunk needs no copy of ours.
        byte[] value = chunk.remaining() == chunk.array().length
                ? chunk.array()
                : Arrays.copyOf(chunk.array(), chunk.remaining());
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                description.topic(), partition, description.job().toString(), value);
        headers.toMap().forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        int sent = index++;
        Future<RecordMetadata> unused = producer.send(message, (metadata, error) -> acknowledge(sent, metadata, error));
        chunk.clear();
    }

    private void acknowledge(int sent, RecordMetadata metadata, @Nullable Exception error) {
        if (error != null) {
            failure.compareAndSet(null, error);
            while (acknowledged.getCount() > 0) {
                acknowledged.countDown();
            }
            return;
        }
        if (sent == 0) {
            firstOffset = metadata.offset();
        }
        if (sent == count - 1) {
            lastOffset = metadata.offset();
        }
        acknowledged.countDown();
    }

    private void failIfFailed() throws IOException {
        Exception error = failure.get();
        if (error != null) {
            throw new IOException("Kafka refused a chunk: " + error, error);
        }
    }
}
