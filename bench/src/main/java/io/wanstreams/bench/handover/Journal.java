package io.wanstreams.bench.handover;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each stage of each job began and ended its work, on this process's monotonic clock. Thread-safe. */
final class Journal {

    private record Work(JobId job, StageName stage) {}

    private final Map<Work, Long> begun = new ConcurrentHashMap<>();
    private final Map<Work, Long> ended = new ConcurrentHashMap<>();

    void begins(JobId job, StageName stage, long nanos) {
        // The first run counts; a second one would be a retry.
        begun.putIfAbsent(new Work(job, stage), nanos);
    }

    void ends(JobId job, StageName stage, long nanos) {
        ended.put(new Work(job, stage), nanos);
    }

    /** How long the job lay between its stages, for each of the route's stages but the first, in milliseconds. */
    List<Double> gaps(JobId job, List<StageName> route) {
        List<Double> gaps = new ArrayList<>();
        for (int i = 1; i < route.size(); i++) {
            long from = at(ended, job, route.get(i - 1));
            gaps.add((at(begun, job, route.get(i)) - from) / 1e6);
        }
        return gaps;
    }

    /** How long after a moment the stage began, in milliseconds. */
    double sinceThen(JobId job, StageName stage, long nanos) {
        return (at(begun, job, stage) - nanos) / 1e6;
    }

    private static long at(Map<Work, Long> times, JobId job, StageName stage) {
        Long nanos = times.get(new Work(job, stage));
        if (nanos == null) {
            throw new IllegalStateException("Stage " + stage + " of job " + job + " was not seen at work");
        }
        return nanos;
    }
}
