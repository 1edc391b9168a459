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
 * @param callbackUrl where the request wants to be told that the job is over, or null
 */
public record JobOrigin(
        String via,
        @Nullable String source,
        String requestDigest,
        @Nullable JobId remixOf,
        @Nullable VariantOf variant,
        @Nullable String callbackUrl) {

    /** A request of its own for one video. */
    public JobOrigin(String via, @Nullable String source, String requestDigest) {
        this(via, source, requestDigest, null, null, null);
    }

    /** A request that was made from another job's, and names no callback. */
    public JobOrigin(
            String via,
            @Nullable String source,
            String requestDigest,
            @Nullable JobId remixOf,
            @Nullable VariantOf variant) {
        this(via, source, requestDigest, remixOf, variant, null);
    }

    /** The same as one of several videos. */
    public JobOrigin as(VariantOf which) {
        return new JobOrigin(via, source, requestDigest, remixOf, which, callbackUrl);
    }

    /** The same with a callback, or without one for null. */
    public JobOrigin calling(@Nullable String url) {
        return new JobOrigin(via, source, requestDigest, remixOf, variant, url);
    }
}
