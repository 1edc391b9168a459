package io.wanstreams.contracts.job;

import org.jspecify.annotations.Nullable;

/**
 * How a job came in.
 *
 * @param via {@code http} or {@code event}
 * @param source the CloudEvent's source, or null for HTTP
 * @param requestDigest SHA-256 in hex of what the client sent: the same idempotency key with another digest is a conflict
 * @param remixOf the job whose request was taken over with another prompt, or null
 * @param variant which of the videos of one request this is, or null when one was asked for
 */
public record JobOrigin(
        String via,
        @Nullable String source,
        String requestDigest,
        @Nullable JobId remixOf,
        @Nullable VariantOf variant) {

    /** A request of its own for one video. */
    public JobOrigin(String via, @Nullable String source, String requestDigest) {
        this(via, source, requestDigest, null, null);
    }

    /** The same as one of several videos. */
    public JobOrigin as(VariantOf which) {
        return new JobOrigin(via, source, requestDigest, remixOf, which);
    }
}
