package io.wanstreams.transport.testing;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.bundle.ChunkHeaders;
import io.wanstreams.tensors.Safetensors;
import io.wanstreams.tensors.SafetensorsException;
import io.wanstreams.tensors.SafetensorsLimits;
import io.wanstreams.tensors.SafetensorsReader;
import io.wanstreams.transport.bundle.BadBundleException;
import io.wanstreams.transport.bundle.BundleContent;
import io.wanstreams.transport.bundle.BundleDescription;
import io.wanstreams.transport.bundle.BundleStore;
import io.wanstreams.transport.bundle.TensorBundles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Bundles in memory. One partition; chunks take up offsets as they would on Kafka. */
public final class InMemoryBundleStore implements BundleStore {

    private static final String TOPIC_ID = "in-memory";

    private record Stored(BundleDescription description, BundleRef ref, ByteBuffer bytes) {}

    private final Map<Long, Stored> bundles = new ConcurrentHashMap<>();
    private long nextOffset;

    @Override
    public synchronized BundleRef write(BundleDescription description, BundleContent content) {
        byte[] bytes = bytes(content);
        int chunks = ChunkHeaders.chunksOf(bytes.length);
        BundleRef ref = new BundleRef(
                description.topic(),
                TOPIC_ID,
                0,
                nextOffset,
                nextOffset + chunks - 1,
                bytes.length,
                chunks,
                sha256(bytes),
                description.mediaType(),
                content.tensors());
        bundles.put(nextOffset, new Stored(description, ref, ByteBuffer.wrap(bytes)));
        nextOffset += chunks;
        return ref;
    }

    @Override
    public InputStream open(BundleRef ref) throws BadBundleException {
        return new ByteArrayInputStream(stored(ref).bytes().array());
    }

    @Override
    public InputStream open(BundleRef ref, long offset, long length) throws BadBundleException {
        if (offset < 0 || length < 0 || offset > ref.length() - length) {
            throw new IllegalArgumentException("Bytes " + offset + " to " + (offset + length)
                    + " are not in a bundle of " + ref.length() + " bytes");
        }
        return new ByteArrayInputStream(stored(ref).bytes().array(), (int) offset, (int) length);
    }

    @Override
    public Safetensors readTensors(BundleRef ref) throws BadBundleException {
        TensorBundles.refuseTooLong(ref);
        Stored stored = stored(ref);
        try {
            return SafetensorsReader.read(stored.bytes().duplicate(), SafetensorsLimits.WIRE);
        } catch (SafetensorsException e) {
            throw bad(ref, stored, "is no safetensors file: " + e.getMessage());
        }
    }

    /** What a stored bundle was described as; empty when there is no such bundle. */
    public Optional<BundleDescription> description(BundleRef ref) {
        return Optional.ofNullable(bundles.get(ref.firstOffset())).map(Stored::description);
    }

    /** How many bundles have been written. */
    public int size() {
        return bundles.size();
    }

    @Override
    public void close() {
        // Memory needs no closing.
    }

    private Stored stored(BundleRef ref) throws BadBundleException {
        Stored stored = bundles.get(ref.firstOffset());
        if (stored == null || !stored.ref().equals(ref)) {
            throw bad(ref, stored, "is not what its reference says");
        }
        return stored;
    }

    private static BadBundleException bad(BundleRef ref, @Nullable Stored stored, String problem) {
        String owner = stored == null
                ? "of an unknown job"
                : "of job " + stored.description().job() + ", stage "
                        + stored.description().stage();
        return new BadBundleException("Bundle " + ref.topic() + "-" + ref.partition() + "@" + ref.firstOffset() + " "
                + owner + " " + problem);
    }

    private static byte[] bytes(BundleContent content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            content.writeTo(Channels.newChannel(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (out.size() != content.length()) {
            throw new IllegalArgumentException(
                    "Content announced " + content.length() + " bytes and wrote " + out.size());
        }
        return out.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
