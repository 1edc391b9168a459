package io.wanstreams.gateway.intake;

import io.wanstreams.gateway.request.CallbackRule;
import io.wanstreams.images.ImageLimits;
import java.time.Duration;

/**
 * How submissions are taken.
 *
 * @param timeout how long the log may take to acknowledge
 * @param queueLimit most jobs that are not over
 * @param retryAfter what a client is told to wait
 * @param noiseLimitBytes longest noise file
 * @param images what an image may be
 * @param tenant what one tenant may have
 * @param callbacks which callbacks of requests are taken
 */
public record SubmitSettings(
        Duration timeout,
        int queueLimit,
        Duration retryAfter,
        long noiseLimitBytes,
        ImageLimits images,
        TenantLimits tenant,
        CallbackRule callbacks) {

    /** One tenant may have everything, images are what they usually may be, and there are no callbacks. */
    public SubmitSettings(Duration timeout, int queueLimit, Duration retryAfter, long noiseLimitBytes) {
        this(
                timeout,
                queueLimit,
                retryAfter,
                noiseLimitBytes,
                ImageLimits.DEFAULTS,
                new TenantLimits(queueLimit, Long.MAX_VALUE),
                CallbackRule.noCallbacks());
    }
}
