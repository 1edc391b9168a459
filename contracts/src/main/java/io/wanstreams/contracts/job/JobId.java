package io.wanstreams.contracts.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The identity of a job and the key of all its events: a UUID in its canonical lower-case text form.
 *
 * <p>Version 5 (RFC 9562 §5.5) where the client names its request, so that a retry names the same job; version 7 (§5.7)
 * otherwise, so that ids sort by time.
 */
public record JobId(UUID uuid) implements Comparable<JobId> {

    /** Namespace of the version 5 ids: the version 5 UUID of {@code wanstreams.io} in the DNS namespace. */
    private static final UUID NAMESPACE =
            nameBased(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "wanstreams.io");

    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /**
     * Reads the canonical form.
     *
     * @throws IllegalArgumentException when the text is not a UUID in canonical form
     */
    @JsonCreator
    public static JobId parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("not a job id: expected a UUID in lower case");
        }
        return new JobId(UUID.fromString(text));
    }

    /** The job that a tenant's idempotency key stands for: the same pair always gives the same job. */
    public static JobId ofIdempotencyKey(String tenant, String key) {
        return ofPair("key", tenant, key);
    }

    /** The job that a CloudEvent stands for: source and id identify an event (CloudEvents §3.1). */
    public static JobId ofCloudEvent(String source, String id) {
        return ofPair("event", source, id);
    }

    /** The job of another video of the same request: the first is number 1 and its own. */
    public static JobId ofVariant(JobId first, int number) {
        return number == 1 ? first : ofPair("variant", first.toString(), Integer.toString(number));
    }

    /** A new job's id, ordered by time. */
    public static JobId ofTime(long epochMillis, RandomGenerator random) {
        long high = (epochMillis << 16) | 0x7000L | (random.nextLong() & 0x0fffL);
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new JobId(new UUID(high, low));
    }

    /** The first part's length stands before it, so that no two pairs read the same. */
    private static JobId ofPair(String kind, String first, String second) {
        return new JobId(nameBased(NAMESPACE, kind + ":" + first.length() + ":" + first + second));
    }

    static UUID nameBased(UUID namespace, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(16 + text.length);
        input.putLong(namespace.getMostSignificantBits()).putLong(namespace.getLeastSignificantBits());
        input.put(text);
        ByteBuffer digest = ByteBuffer.wrap(sha1(input.array()));
        long high = (digest.getLong() & ~0xf000L) | 0x5000L;
        long low = (digest.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static byte[] sha1(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    @Override
    public int compareTo(JobId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    @JsonValue
    public String toString() {
        return uuid.toString();
    }
}
