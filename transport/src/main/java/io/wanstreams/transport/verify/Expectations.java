package io.wanstreams.transport.verify;

import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobId;
import java.time.Duration;
import java.util.Set;

/**
 * What is known about the jobs beforehand.
 *
 * @param poisoned jobs that must not complete
 * @param poisonCodes a job that failed with one of these was poisoned, whether it is named or not
 * @param results whether {@code wan.results} is filled in this installation
 * @param patience how long tickets and transactions may take to be over; what is still there then is left over
 */
public record Expectations(Set<JobId> poisoned, Set<FailureCode> poisonCodes, Results results, Duration patience) {

    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(20);

    /** Whether to hold {@code wan.results} against the log. */
    public enum Results {
        /** If there is any result at all. */
        IF_ANY,
        ALWAYS,
        NEVER
    }

    public Expectations {
        poisoned = Set.copyOf(poisoned);
        poisonCodes = Set.copyOf(poisonCodes);
        if (patience.isNegative()) {
            throw new IllegalArgumentException("The verifier's patience is not negative, found " + patience);
        }
    }

    /** No job is poisoned, results are checked if there are any, 20 s of patience. */
    public static Expectations none() {
        return new Expectations(Set.of(), Set.of(), Results.IF_ANY, USUAL_PATIENCE);
    }

    public Expectations withPoisoned(Set<JobId> jobs, Set<FailureCode> codes) {
        return new Expectations(jobs, codes, results, patience);
    }

    public Expectations withResults(Results newResults) {
        return new Expectations(poisoned, poisonCodes, newResults, patience);
    }

    public Expectations withPatience(Duration newPatience) {
        return new Expectations(poisoned, poisonCodes, results, newPatience);
    }

    boolean isPoisonous(FailureCode code) {
        return poisonCodes.contains(code);
    }
}
