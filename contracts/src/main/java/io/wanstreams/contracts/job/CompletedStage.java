package io.wanstreams.contracts.job;

import io.wanstreams.contracts.sharing.Shared;
import java.time.Instant;
import java.util.SortedMap;

/**
 * A stage of a job that is done.
 *
 * @param worker who did it
 * @param environment on what
 * @param completedAt the broker's time of the event
 */
public record CompletedStage(
        StageName stage,
        String worker,
        SortedMap<String, String> environment,
        StageOutputs outputs,
        StageTimings timings,
        Instant completedAt) {

    public CompletedStage {
        worker = Shared.text(worker);
        environment = Shared.map(environment);
    }
}
