package io.wanstreams.contracts.bundle;

import io.wanstreams.contracts.sharing.Shared;
import java.util.List;

/**
 * All a reader needs to fetch a bundle: assign, seek, read once, verify.
 *
 * @param topic where its chunks lie
 * @param topicId that topic's id, so that a recreated topic is noticed
 * @param partition the one partition of all its chunks
 * @param firstOffset offset of chunk 0
 * @param lastOffset offset of the last chunk; records of others may lie between
 * @param length bytes of the whole stream
 * @param chunks number of chunks
 * @param sha256 of the whole stream, lower-case hex; the identity of a result
 * @param mediaType for example {@code video/mp4}
 * @param tensors what a safetensors bundle holds; empty for others
 */
public record BundleRef(
        String topic,
        String topicId,
        int partition,
        long firstOffset,
        long lastOffset,
        long length,
        int chunks,
        String sha256,
        String mediaType,
        List<TensorEntry> tensors) {

    /** Media type of a safetensors file. */
    public static final String SAFETENSORS = "application/x-safetensors";

    private static final Shared<List<TensorEntry>> TABLES = new Shared<>(512);
    private static final int TENSORS_LIMIT = 64;
    private static final int TEXT_LIMIT_CHARS = 256;
    private static final int SHA256_CHARS = 64;

    /**
     * Checks what can be checked without reading.
     *
     * @throws IllegalArgumentException naming the field, what was found and what was expected
     */
    public BundleRef {
        topic = Shared.text(topic);
        topicId = Shared.text(topicId);
        mediaType = Shared.text(mediaType);
        tensors = TABLES.of(List.copyOf(tensors));
        checkText("topic", topic);
        checkText("topic_id", topicId);
        checkText("media_type", mediaType);
        if (tensors.size() > TENSORS_LIMIT) {
            throw new IllegalArgumentException(
                    "a bundle holds at most " + TENSORS_LIMIT + " tensors, found " + tensors.size());
        }
        if (partition < 0 || firstOffset < 0 || length < 0) {
            throw new IllegalArgumentException("a bundle reference counts from zero, found partition " + partition
                    + ", first offset " + firstOffset + ", length " + length);
        }
        if (chunks < 1 || lastOffset < firstOffset || lastOffset - firstOffset < chunks - 1) {
            throw new IllegalArgumentException(
                    "a bundle of " + chunks + " chunks does not fit into offsets " + firstOffset + " to " + lastOffset);
        }
        if (chunks != ChunkHeaders.chunksOf(length)) {
            throw new IllegalArgumentException("a bundle of " + length + " bytes has " + ChunkHeaders.chunksOf(length)
                    + " chunks, found " + chunks);
        }
        if (!isSha256(sha256)) {
            throw new IllegalArgumentException("a bundle's sha256 is 64 hex digits in lower case");
        }
    }

    /** By hand: boards read millions of them. */
    private static boolean isSha256(String text) {
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return text.length() == SHA256_CHARS;
    }

    private static void checkText(String field, String value) {
        if (value.isEmpty() || value.length() > TEXT_LIMIT_CHARS) {
            throw new IllegalArgumentException("a bundle reference's " + field + " has 1 to " + TEXT_LIMIT_CHARS
                    + " characters, found " + value.length());
        }
    }
}
