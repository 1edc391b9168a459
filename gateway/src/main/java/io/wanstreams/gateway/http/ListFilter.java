package io.wanstreams.gateway.http;

import io.wanstreams.contracts.job.Job;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a list shows.
 *
 * @param status as clients see it, or null for all
 * @param createdAfter Unix seconds; jobs of that very second are not shown
 * @param metadata values that a job's metadata has
 */
record ListFilter(@Nullable String status, long createdAfter, Map<String, String> metadata) {

    private static final List<String> STATUSES = List.of("queued", "in_progress", "completed", "failed");
    private static final String METADATA = "metadata[";

    static ListFilter of(MultivaluedMap<String, String> query) {
        Map<String, String> metadata = new TreeMap<>();
        query.forEach((name, values) -> {
            if (name.startsWith(METADATA) && name.endsWith("]")) {
                metadata.put(name.substring(METADATA.length(), name.length() - 1), values.get(0));
            }
        });
        return new ListFilter(status(query.getFirst("status")), after(query.getFirst("created_after")), metadata);
    }

    boolean shows(Job job) {
        return (status == null || status.equals(VideoViews.status(job)))
                && job.submittedAt().getEpochSecond() > createdAfter
                && job.request().metadata().entrySet().containsAll(metadata.entrySet());
    }

    private static @Nullable String status(@Nullable String status) {
        if (status == null || status.isEmpty()) {
            return null;
        }
        if (!STATUSES.contains(status)) {
            throw ApiException.invalid("status", "status is one of " + String.join(", ", STATUSES) + ".");
        }
        return status;
    }

    private static long after(@Nullable String seconds) {
        if (seconds == null || seconds.isEmpty()) {
            return Long.MIN_VALUE;
        }
        try {
            return Long.parseLong(seconds);
        } catch (NumberFormatException e) {
            throw ApiException.invalid("created_after", "created_after is a time in Unix seconds.");
        }
    }
}
