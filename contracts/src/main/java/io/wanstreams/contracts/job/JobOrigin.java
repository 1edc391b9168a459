package io.wanstreams.contracts.job;

import org.jspecify.annotations.Nullable;

/**
 * How a job came in.
 *
 * @param via {@code http} or {@code event}
 * @param source the CloudEvent's source, or null for HTTP
 * @param requestDigest SHA-256 in hex of what the client sent: the same idempotency key with another digest is a conflict
 */
public record JobOrigin(String via, @Nullable String source, String requestDigest) {}
