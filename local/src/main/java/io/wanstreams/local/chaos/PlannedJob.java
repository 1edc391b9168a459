package io.wanstreams.local.chaos;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import org.jspecify.annotations.Nullable;

/**
 * A job of a run. Its id is known before anybody has asked for it, so that crash points can be bound to it.
 *
 * @param key the client's name for it: idempotency key, or the id of a CloudEvent
 * @param asEvent whether it comes as a CloudEvent on {@code wan.requests}, or over HTTP
 * @param gateway the one that is asked first
 * @param poisonedAt the stage that dies of it every time, or null
 * @param seed of its noise
 */
record PlannedJob(
        String key, boolean asEvent, int gateway, @Nullable StageName poisonedAt, long seed) {

    /** The source of the CloudEvents of a run. */
    static final String SOURCE = "/chaos";

    private static final String TENANT = "default";

    JobId id() {
        return asEvent ? JobId.ofCloudEvent(SOURCE, key) : JobId.ofIdempotencyKey(TENANT, key);
    }
}
