package io.wanstreams.gateway.webhook;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.result.ResultState;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver gets: the body of the official API's webhooks.
 *
 * @param id the same at every attempt
 * @param object {@code event}
 * @param type {@code video.completed}, {@code video.failed} or {@code video.progress}
 * @param createdAt Unix seconds
 */
public record WebhookEvent(String id, String object, String type, long createdAt, Data data) {

    static final String PROGRESS = "video.progress";
    static final Set<String> TYPES = Set.of("video.completed", "video.failed", PROGRESS);

    /**
     * What it is about; the rest is read from the API.
     *
     * @param id of the video
     * @param stage that began, or null at the end
     */
    public record Data(String id, @Nullable String stage) {}

    /** The event of a job's newest fact; empty for one that nobody is told of. */
    static Optional<WebhookEvent> of(Job job) {
        String id = "evt_" + job.id().toString().replace("-", "") + "_" + job.changedOffset();
        long createdAt = job.changedAt().getEpochSecond();
        if (job.phase() instanceof Phase.Running running && running.startedOffset() == job.changedOffset()) {
            String stage = running.at().stage().name().toLowerCase(Locale.ROOT);
            return Optional.of(new WebhookEvent(
                    id, "event", PROGRESS, createdAt, new Data(job.id().toString(), stage)));
        }
        return ResultState.of(job.phase())
                .map(state -> state == ResultState.COMPLETED ? "video.completed" : "video.failed")
                .map(type -> new WebhookEvent(
                        id, "event", type, createdAt, new Data(job.id().toString(), null)));
    }
}
