package io.wanstreams.contracts.bundle;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one chunk of a bundle, all text.
 *
 * <pre>
 * content-type  media type of the whole bundle
 * wan-bundle    id shared by the chunks of one bundle
 * wan-chunk     index "/" count, index from 0        17/79
 * wan-length    bytes of the whole bundle            77414400
 * wan-crc32c    of this chunk's value, 8 hex digits  0a1b2c3d
 * wan-job       the job's id
 * wan-stage     the stage that wrote it, or "request"
 * traceparent   W3C trace context, optional
 * </pre>
 *
 * @param stage text of a {@link StageName}, or {@link #REQUEST} for what came with the request
 */
public record ChunkHeaders(
        String mediaType,
        String bundle,
        int index,
        int count,
        long length,
        int crc32c,
        JobId job,
        String stage,
        @Nullable String traceparent) {

    /** Bytes of every chunk's value but the last: the largest record under all defaults, less room for headers. */
    public static final int CHUNK_BYTES = 960 * 1024;

    /** Stands for the stage in bundles that came with a request. */
    public static final String REQUEST = "request";

    /** No bundle is longer; a video of this size is hours long. */
    public static final long LENGTH_LIMIT_BYTES = 1L << 40;

    private static final int TEXT_LIMIT_CHARS = 256;
    private static final Pattern CHUNK = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
    private static final Pattern CRC = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    public ChunkHeaders {
        checkText("content-type", mediaType);
        checkText("wan-bundle", bundle);
        checkStage(stage);
        if (traceparent != null) {
            checkText("traceparent", traceparent);
        }
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException("wan-chunk: index " + index + " is not below the count " + count);
        }
        if (count != chunksOf(length)) {
            throw new IllegalArgumentException(
                    "wan-chunk: " + length + " bytes have " + chunksOf(length) + " chunks, found " + count);
        }
    }

    /**
     * How many chunks a bundle of this many bytes has; an empty bundle has one.
     *
     * @throws IllegalArgumentException when no bundle can have this length
     */
    public static int chunksOf(long length) {
        if (length < 0 || length > LENGTH_LIMIT_BYTES) {
            throw new IllegalArgumentException("a bundle has 0 to " + LENGTH_LIMIT_BYTES + " bytes, found " + length);
        }
        return (int) Math.max(1, (length + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    /** How many bytes the value of this chunk has. */
    public int valueBytes() {
        long rest = length - (long) index * CHUNK_BYTES;
        return (int) Math.min(CHUNK_BYTES, rest);
    }

    /** The headers by name. */
    public Map<String, String> toMap() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", mediaType);
        headers.put("wan-bundle", bundle);
        headers.put("wan-chunk", index + "/" + count);
        headers.put("wan-length", Long.toString(length));
        headers.put("wan-crc32c", String.format("%08x", crc32c));
        headers.put("wan-job", job.toString());
        headers.put("wan-stage", stage);
        if (traceparent != null) {
            headers.put("traceparent", traceparent);
        }
        return headers;
    }

    /**
     * Reads headers, believing nothing.
     *
     * @throws IllegalArgumentException naming the header, what was found and what was expected
     */
    public static ChunkHeaders parse(Map<String, String> headers) {
        Matcher chunk = match(CHUNK, headers, "wan-chunk", "index/count");
        return new ChunkHeaders(
                text(headers, "content-type"),
                text(headers, "wan-bundle"),
                Integer.parseInt(chunk.group(1)),
                Integer.parseInt(chunk.group(2)),
                Long.parseLong(match(LENGTH, headers, "wan-length", "a number of bytes")
                        .group()),
                Integer.parseUnsignedInt(
                        match(CRC, headers, "wan-crc32c", "8 hex digits").group(), 16),
                job(text(headers, "wan-job")),
                text(headers, "wan-stage"),
                headers.get("traceparent"));
    }

    private static Matcher match(Pattern pattern, Map<String, String> headers, String name, String expected) {
        Matcher matcher = pattern.matcher(text(headers, name));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    name + ": expected " + expected + ", found '" + text(headers, name) + "'");
        }
        return matcher;
    }

    private static String text(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + ": no such header");
        }
        checkText(name, value);
        return value;
    }

    private static void checkText(String name, String value) {
        if (value.isEmpty() || value.length() > TEXT_LIMIT_CHARS) {
            throw new IllegalArgumentException(
                    name + ": expected 1 to " + TEXT_LIMIT_CHARS + " characters, found " + value.length());
        }
    }

    private static JobId job(String text) {
        try {
            return JobId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("wan-job: " + e.getMessage(), e);
        }
    }

    private static void checkStage(String stage) {
        if (stage.equals(REQUEST)) {
            return;
        }
        try {
            StageName.parse(stage);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("wan-stage: " + REQUEST + ", or " + e.getMessage(), e);
        }
    }
}
