package io.wanstreams.gateway.intake;

import java.time.Duration;

/**
 * How submissions are taken.
 *
 * @param timeout how long the log may take to acknowledge
 * @param queueLimit most jobs that are not over
 * @param retryAfter what a client is told to wait
 * @param noiseLimitBytes longest noise file
 * @param tenant what one tenant may have
 */
public record SubmitSettings(
        Duration timeout, int queueLimit, Duration retryAfter, long noiseLimitBytes, TenantLimits tenant) {

    /** One tenant may have everything. */
    public SubmitSettings(Duration timeout, int queueLimit, Duration retryAfter, long noiseLimitBytes) {
        this(timeout, queueLimit, retryAfter, noiseLimitBytes, new TenantLimits(queueLimit, Long.MAX_VALUE));
    }
}
