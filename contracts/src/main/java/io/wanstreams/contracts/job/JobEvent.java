package io.wanstreams.contracts.job;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.request.VideoRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A fact about a job, as it stands in {@code wan.jobs} under the job's id. Whether it counts is decided by
 * {@link JobFold} alone.
 *
 * <p>{@code turn} is the offset of the event that made the job wait for its stage.
 */
public sealed interface JobEvent {

    /** What only the worker that runs the stage can say: fits while it runs, in the same turn. */
    sealed interface WhileRunning extends JobEvent {
        StageName stage();

        long turn();
    }

    /** The job exists. Carries the whole effective request: defaults resolved, seed drawn. */
    record Submitted(VideoRequest request, List<StageName> route, String tenant, JobOrigin origin) implements JobEvent {
        public Submitted {
            route = List.copyOf(route);
            if (route.isEmpty() || route.stream().distinct().count() != route.size()) {
                throw new IllegalArgumentException(
                        "a job's route has at least one stage and none of them twice, found " + route.size());
            }
        }
    }

    /** The job may start: it waits for its first stage. */
    record Admitted() implements JobEvent {}

    /** A worker has taken the stage. {@code environment} says on what: device, runtime, processor. */
    record Started(StageName stage, long turn, String worker, SortedMap<String, String> environment)
            implements JobEvent {
        public Started {
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        }
    }

    /** The stage can go on from here. */
    record Checkpointed(StageName stage, long turn, int step, BundleRef bundle) implements WhileRunning {}

    /** The stage is done. */
    record Completed(StageName stage, long turn, StageOutputs outputs, StageTimings timings) implements WhileRunning {}

    /** The attempt failed, another may succeed after {@code retryAfter}. */
    record Failed(StageName stage, long turn, JobError error, Duration retryAfter) implements WhileRunning {
        public Failed {
            if (retryAfter.isNegative()) {
                throw new IllegalArgumentException("retry_after is not negative, found " + retryAfter);
            }
        }
    }

    /** The worker leaves in good order; the stage waits for another. */
    record Yielded(StageName stage, long turn) implements WhileRunning {}

    /** The stage waits again, in a new turn. */
    record Requeued(StageName stage, long turn, RequeueReason reason) implements JobEvent {}

    /** The job is given up. {@code turn} and {@code attempt} are those of the state it was decided on. */
    record JobFailed(long turn, int attempt, JobError error) implements JobEvent {}

    /** Somebody no longer wants the job. */
    record Cancelled(String by) implements JobEvent {}

    /** A finished job is forgotten: it reads as unknown and its bundles may go. */
    record Deleted(String by) implements JobEvent {}

    /**
     * An event of a kind or version this reader does not know. It is never written; it makes the fold leave the job
     * alone.
     *
     * @param problem what was not understood, or null when only the type is unknown
     */
    record Unknown(String type, @Nullable String problem) implements JobEvent {}
}
