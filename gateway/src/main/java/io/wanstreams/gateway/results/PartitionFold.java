package io.wanstreams.gateway.results;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RecordedEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fold of one partition of the log from its beginning, for its transitions only: of jobs that are over nothing is kept
 * but the id, so that a second submission of the same name is not taken for a new job.
 */
final class PartitionFold {

    private final Map<JobId, Job> live = new HashMap<>();
    private final Set<JobId> over = new HashSet<>();

    /** The job as this event leaves it; empty when the event does not count, or only deletes. */
    @SuppressWarnings("ReferenceEquality") // the fold answers with the very same object when an event does not fit
    Optional<Job> apply(RecordedEvent event) {
        if (over.contains(event.id())) {
            return Optional.empty();
        }
        Job before = live.get(event.id());
        Job after = JobFold.apply(before, event);
        if (after == null || after == before) {
            return Optional.empty();
        }
        if (after.isTerminal() || after.phase() instanceof Phase.Unreadable) {
            live.remove(event.id());
            over.add(event.id());
        } else {
            live.put(event.id(), after);
        }
        return Optional.of(after);
    }
}
