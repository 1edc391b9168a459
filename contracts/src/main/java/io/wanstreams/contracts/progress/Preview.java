package io.wanstreams.contracts.progress;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a video will look like, as far as a denoise stage has come: a small picture that a worker sends between heartbeats. Not a
 * fact: lost ones are not missed, and only the newest counts. The picture is the message's value; the rest are its headers:
 *
 * <pre>
 * content-type  image/jpeg; heartbeats are application/json
 * wan-job       the job's id
 * wan-stage     the stage
 * wan-turn      its turn
 * wan-step      steps of the stage done "/" its steps   3/20
 * </pre>
 *
 * @param jpeg the file, up to {@link #LIMIT_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Preview(JobId job, StageName stage, long turn, int step, int of, byte[] jpeg) {

    public static final String MEDIA_TYPE = "image/jpeg";

    /** No preview is longer. */
    public static final int LIMIT_BYTES = 256 * 1024;

    private static final Pattern STEP = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
    private static final Pattern TURN = Pattern.compile("\\d{1,18}");
    private static final int FIRST_BYTE = 0xff;
    private static final int SECOND_BYTE = 0xd8;

    public Preview {
        if (jpeg.length > LIMIT_BYTES) {
            throw new IllegalArgumentException("a preview has at most " + LIMIT_BYTES + " bytes, found " + jpeg.length);
        }
        if (jpeg.length < 2 || (jpeg[0] & 0xff) != FIRST_BYTE || (jpeg[1] & 0xff) != SECOND_BYTE) {
            throw new IllegalArgumentException("a preview is a JPEG file");
        }
    }

    /** The headers by name. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", MEDIA_TYPE);
        headers.put("wan-job", job.toString());
        headers.put("wan-stage", stage.toString());
        headers.put("wan-turn", Long.toString(turn));
        headers.put("wan-step", step + "/" + of);
        return headers;
    }

    /**
     * Reads a message, believing nothing.
     *
     * @throws IllegalArgumentException naming what was expected
     */
    public static Preview parse(Map<String, String> headers, byte[] value) {
        Matcher step = match(STEP, headers, "wan-step", "done/all");
        Matcher turn = match(TURN, headers, "wan-turn", "a number");
        return new Preview(
                JobId.parse(text(headers, "wan-job")),
                StageName.parse(text(headers, "wan-stage")),
                Long.parseLong(turn.group()),
                Integer.parseInt(step.group(1)),
                Integer.parseInt(step.group(2)),
                value);
    }

    private static Matcher match(Pattern pattern, Map<String, String> headers, String name, String expected) {
        Matcher matcher = pattern.matcher(text(headers, name));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name + ": expected " + expected);
        }
        return matcher;
    }

    private static String text(Map<String, String> headers, String name) {
        @Nullable String value = headers.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + ": no such header");
        }
        return value;
    }
}
