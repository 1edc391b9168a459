package io.wanstreams.gateway.http;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.progress.Heartbeat;

/** When looking at a job again is worth it: about ten looks for what is left of the stage. */
final class PollAdvice {

    private static final long LEAST_MILLIS = 500;
    private static final long MOST_MILLIS = 15_000;
    private static final long UNKNOWN_MILLIS = 1_000;
    private static final int LOOKS = 10;

    private PollAdvice() {}

    static long millis(Job job, VideoViews views) {
        if (job.isTerminal()) {
            return LEAST_MILLIS;
        }
        return views.newest(job)
                .filter(beat -> beat.stepsPerSecond() > 0)
                .map(PollAdvice::ofRate)
                .orElse(UNKNOWN_MILLIS);
    }

    private static long ofRate(Heartbeat beat) {
        double leftMillis = (beat.of() - beat.step()) / beat.stepsPerSecond() * 1000;
        return (long) Math.max(LEAST_MILLIS, Math.min(MOST_MILLIS, leftMillis / LOOKS));
    }
}
