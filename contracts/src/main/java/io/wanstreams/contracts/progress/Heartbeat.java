package io.wanstreams.contracts.progress;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;

/**
 * What a worker says every second while it works, and at every step. Not a fact: lost ones are not missed.
 *
 * @param job whose stage is worked on
 * @param stage which stage
 * @param turn in which turn
 * @param worker who works
 * @param step how many steps of this stage are done; 0 before the first
 * @param of how many steps this stage has; 0 while unknown
 * @param stepsPerSecond the rate so far; 0 while unknown
 */
public record Heartbeat(JobId job, StageName stage, long turn, String worker, int step, int of, double stepsPerSecond) {

    public Heartbeat {
        // A rate over no time at all is not known yet.
        stepsPerSecond = Double.isFinite(stepsPerSecond) ? stepsPerSecond : 0;
    }
}
