package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.request.VideoRequest;
import io.wanstreams.gateway.board.JobBoard;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What one tenant may have at once, so that none takes the room of others.
 *
 * @param jobsQueued most jobs that no worker has started on
 * @param bytes most bytes of files that came with jobs that are not over
 */
public record TenantLimits(int jobsQueued, long bytes) {

    /** Refuses so many more jobs with so many more bytes when that would be too much. */
    void check(JobBoard board, String tenant, int jobs, long moreBytes, Duration retryAfter) {
        long queued = 0;
        long held = 0;
        for (Job job : (Iterable<Job>) of(board, tenant)::iterator) {
            queued += isQueued(job) ? 1 : 0;
            held += bytes(job.request());
        }
        if (queued + jobs > jobsQueued) {
            throw new IntakeException.TenantFull("jobs are queued", queued, jobsQueued, retryAfter);
        }
        if (moreBytes > 0 && held + moreBytes > bytes) {
            throw new IntakeException.TenantFull(
                    "bytes of files lie here for jobs that are not over", held, bytes, retryAfter);
        }
    }

    private static Stream<Job> of(JobBoard board, String tenant) {
        return board.live().stream()
                .map(job -> job.job())
                .filter(job -> job.tenant().equals(tenant));
    }

    private static boolean isQueued(Job job) {
        return job.completed().isEmpty()
                && (job.phase() instanceof Phase.Submitted || job.phase() instanceof Phase.Waiting);
    }

    private static long bytes(VideoRequest request) {
        return Stream.of(request.denoise().noise(), request.image(), request.lastImage())
                .filter(Objects::nonNull)
                .mapToLong(BundleRef::length)
                .sum();
    }
}
