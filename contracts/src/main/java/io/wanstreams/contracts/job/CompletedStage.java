package io.wanstreams.contracts.job;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

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
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }
}
