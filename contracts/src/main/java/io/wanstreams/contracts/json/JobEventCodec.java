package io.wanstreams.contracts.json;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Job events as CloudEvents 1.0 in Kafka's binary mode: {@code ce_*} headers and JSON data. {@code ce_type} is {@code
 * io.wanstreams.<name>.v1}.
 */
public final class JobEventCodec {

    public static final String TYPE_HEADER = "ce_type";

    private static final int UNKNOWN_TYPE_LIMIT_CHARS = 100;

    private static final Map<Class<? extends JobEvent>, String> TYPES = new LinkedHashMap<>();
    private static final Map<String, Class<? extends JobEvent>> CLASSES = new LinkedHashMap<>();

    static {
        name(JobEvent.Submitted.class, "job.submitted");
        name(JobEvent.Admitted.class, "job.admitted");
        name(JobEvent.Started.class, "stage.started");
        name(JobEvent.Checkpointed.class, "stage.checkpointed");
        name(JobEvent.Completed.class, "stage.completed");
        name(JobEvent.Failed.class, "stage.failed");
        name(JobEvent.Yielded.class, "stage.yielded");
        name(JobEvent.Requeued.class, "stage.requeued");
        name(JobEvent.JobFailed.class, "job.failed");
        name(JobEvent.Cancelled.class, "job.cancelled");
        name(JobEvent.Deleted.class, "job.deleted");
    }

    private JobEventCodec() {}

    private static void name(Class<? extends JobEvent> type, String name) {
        String full = "io.wanstreams." + name + ".v1";
        TYPES.put(type, full);
        CLASSES.put(full, type);
    }

    /** Every kind of event by its {@code ce_type}. */
    public static Map<String, Class<? extends JobEvent>> types() {
        return Collections.unmodifiableMap(CLASSES);
    }

    /** The event's {@code ce_type}. */
    public static String typeOf(JobEvent event) {
        return typeOf(event.getClass());
    }

    private static String typeOf(Class<? extends JobEvent> event) {
        String type = TYPES.get(event);
        if (type == null) {
            throw new IllegalArgumentException(event.getSimpleName() + " is never written");
        }
        return type;
    }

    /**
     * The headers of an event.
     *
     * @param source who says it, for example {@code /wan/gateway/host-1}
     * @param eventId unique within the source
     */
    public static Map<String, String> headers(JobId job, JobEvent event, String source, String eventId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", eventId);
        headers.put("ce_source", source);
        headers.put(TYPE_HEADER, typeOf(event));
        headers.put("ce_subject", job.toString());
        headers.put("ce_partitionkey", job.toString());
        headers.put("content-type", "application/json");
        return headers;
    }

    /** The event's data. */
    public static byte[] data(JobEvent event) {
        return ContractJson.write(event);
    }

    /**
     * Reads an event. One of an unknown type or with data that is not that event becomes {@link JobEvent.Unknown}, so
     * that the fold leaves the job alone.
     */
    public static JobEvent read(@Nullable String type, byte @Nullable [] data) {
        Class<? extends JobEvent> known = type == null ? null : CLASSES.get(type);
        if (known == null) {
            return new JobEvent.Unknown(type == null ? "none" : cut(type), null);
        }
        try {
            return ContractJson.read(data == null ? new byte[0] : data, known);
        } catch (MalformedContractException e) {
            return new JobEvent.Unknown(typeOf(known), e.getMessage());
        }
    }

    private static String cut(String type) {
        return type.length() <= UNKNOWN_TYPE_LIMIT_CHARS ? type : type.substring(0, UNKNOWN_TYPE_LIMIT_CHARS);
    }
}
