package io.wanstreams.contracts.result;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.request.VideoRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job: the data of the one CloudEvent on {@code wan.results}. A pure function of the job's fold, so that
 * whoever writes it writes the same bytes. Without the prompt: results are read by more people than requests.
 *
 * @param job whose result
 * @param state how it ended
 * @param tenant whose job
 * @param via how it came in: {@code http} or {@code event}
 * @param source of the CloudEvent that asked for it, or null
 * @param model the served model's name
 * @param width pixels
 * @param height pixels
 * @param numFrames pixel frames
 * @param fps frames per second
 * @param seed of the noise
 * @param submittedAt the broker's time of {@code job.submitted}
 * @param finishedAt the broker's time of the event that ended it
 * @param error why it failed, or null
 * @param content path of the video below the gateway's address, or null without one
 * @param files what the last stage made, by name: {@code video}, {@code thumbnail}, …; empty without a video
 * @param metadata the client's own
 */
public record VideoResult(
        JobId job,
        ResultState state,
        String tenant,
        String via,
        @Nullable String source,
        String model,
        int width,
        int height,
        int numFrames,
        int fps,
        long seed,
        Instant submittedAt,
        Instant finishedAt,
        @Nullable JobError error,
        @Nullable String content,
        SortedMap<String, BundleRef> files,
        SortedMap<String, String> metadata) {

    public VideoResult {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        if (state == ResultState.FAILED && error == null) {
            throw new IllegalArgumentException("a failed result has an error");
        }
    }

    /** The result of a job that is over; empty while it is not, and when it has been deleted. */
    public static Optional<VideoResult> of(Job job) {
        return ResultState.of(job.phase()).map(state -> of(job, state));
    }

    private static VideoResult of(Job job, ResultState state) {
        VideoRequest request = job.request();
        boolean hasVideo = state == ResultState.COMPLETED;
        return new VideoResult(
                job.id(),
                state,
                job.tenant(),
                job.origin().via(),
                job.origin().source(),
                request.model(),
                request.width(),
                request.height(),
                request.numFrames(),
                request.fps(),
                request.denoise().seed(),
                job.submittedAt(),
                job.changedAt(),
                job.phase() instanceof Phase.Failed failed ? failed.error() : null,
                hasVideo ? "/v1/videos/" + job.id() + "/content" : null,
                hasVideo ? lastFiles(job.completed()) : new TreeMap<>(),
                request.metadata());
    }

    private static SortedMap<String, BundleRef> lastFiles(List<CompletedStage> completed) {
        return completed.get(completed.size() - 1).outputs().bundles();
    }
}
