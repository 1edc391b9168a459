package io.wanstreams.transport.bundle;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.SafetensorsException;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.SafetensorsReader;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.Topic;
import io.wanstreams.transport.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Bundles as chunks of 960 KiB in one partition of a topic. One producer serves all writers; readers borrow from a few
 * consumers.
 */
public final class KafkaBundleStore implements BundleStore {

    /** The producer itself gives up on a chunk after two minutes. */
    private static final long ACKNOWLEDGE_TIMEOUT_MILLIS = 130_000;

    private final KafkaClients clients;
    private final ChunkConsumers consumers;
    private final BundleIds ids = new BundleIds();
    private @Nullable Producer<String, byte[]> producer;

    /** A store for up to 8 readers at once. */
    public KafkaBundleStore(KafkaClients clients) {
        this(clients, 8, Duration.ofSeconds(30));
    }

    /**
     * Opens nothing yet.
     *
     * @param readers how many streams may be open at once; each may hold 32 MiB that were fetched ahead
     * @param readerWait how long one more waits for its turn
     */
    public KafkaBundleStore(KafkaClients clients, int readers, Duration readerWait) {
        this.clients = clients;
        this.consumers = new ChunkConsumers(clients, readers, readerWait);
    }

    @Override
    public BundleRef write(BundleDescription description, BundleContent content)
            throws BundleUnavailableException, InterruptedException {
        Producer<String, byte[]> current = producer();
        try {
            Topic topic = Topic.of(clients.admin(), description.topic());
            byte[] key = description.job().toString().getBytes(StandardCharsets.UTF_8);
            int partition = Utils.toPositive(Utils.murmur2(key)) % topic.partitions();
            ChunkWriter writer = new ChunkWriter(current, description, partition, content.length());
            content.writeTo(writer);
            return writer.finish(topic.id(), content, ACKNOWLEDGE_TIMEOUT_MILLIS);
        } catch (InterruptException e) {
            throw interrupted();
        } catch (KafkaException | TransportException | IOException e) {
            discard(current);
            throw new BundleUnavailableException(
                    "A bundle of job " + description.job() + ", stage " + description.stage() + " cannot be written to "
                            + description.topic() + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public InputStream open(BundleRef ref) throws BundleException, InterruptedException {
        return new ChunkInputStream(ChunkReader.whole(ref, consumers, ids, clients.admin()), 0, ref.length());
    }

    @Override
    public InputStream open(BundleRef ref, long offset, long length) throws BundleException, InterruptedException {
        if (offset < 0 || length < 0 || offset > ref.length() - length) {
            throw new IllegalArgumentException("Bytes " + offset + " to " + (offset + length)
                    + " are not in a bundle of " + ref.length() + " bytes");
        }
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        ChunkReader chunks = ChunkReader.range(ref, offset, length, consumers, ids, clients.admin());
        return new ChunkInputStream(chunks, offset - chunks.startByte(), length);
    }

    @Override
    public Safetensors readTensors(BundleRef ref) throws BundleException, InterruptedException {
        TensorBundles.refuseTooLong(ref);
        try (ChunkReader chunks = ChunkReader.whole(ref, consumers, ids, clients.admin())) {
            // Allocated only now: the first chunk is there and says the same length.
            ByteBuffer whole = ByteBuffer.allocate((int) ref.length());
            for (byte[] chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
                whole.put(chunk);
            }
            try {
                return SafetensorsReader.read(whole.flip(), SafetensorsLimits.WIRE);
            } catch (SafetensorsException e) {
                throw chunks.bad("is no safetensors file: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        consumers.close();
        synchronized (this) {
            if (producer != null) {
                producer.close(Duration.ofSeconds(5));
                producer = null;
            }
        }
    }

    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = clients.bundleProducer("wan-bundles");
        }
        return producer;
    }

    /** After a failed chunk the order of what follows is not certain: begin with a new producer. */
    private synchronized void discard(Producer<String, byte[]> broken) {
        if (producer == broken) {
            producer = null;
        }
        broken.close(Duration.ZERO);
    }

    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException("Interrupted while writing a bundle");
    }
}
