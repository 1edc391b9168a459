package io.wanstreams.transport.verify;

import io.wanstreams.contracts.job.JobId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came out.
 *
 * @param jobs how each job of the log stands
 * @param looked how many things were held against each rule; a rule that is missing was not looked at
 * @param broken how many of them break it
 * @param findings what breaks it, at most 1,000 per rule
 * @param notes what was not looked at and why, and other things worth knowing
 */
public record Verdict(
        SortedMap<JobId, Outcome> jobs,
        Map<Rule, Integer> looked,
        Map<Rule, Integer> broken,
        List<Finding> findings,
        List<String> notes) {

    Verdict(
            Map<JobId, Outcome> jobs,
            Map<Rule, Integer> looked,
            Map<Rule, Integer> broken,
            List<Finding> findings,
            List<String> notes) {
        this(new TreeMap<>(jobs), looked, broken, findings, notes);
    }

    public Verdict {
        jobs = Collections.unmodifiableSortedMap(new TreeMap<>(jobs));
        looked = Collections.unmodifiableMap(copy(looked));
        broken = Collections.unmodifiableMap(copy(broken));
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Whether every rule holds. */
    public boolean isClean() {
        return broken.isEmpty();
    }

    /** How many jobs stand how, for example {@code completed} or {@code failed worker_lost}. */
    public SortedMap<String, Integer> tally() {
        SortedMap<String, Integer> tally = new TreeMap<>();
        jobs.values().forEach(outcome -> tally.merge(outcome.toString(), 1, Integer::sum));
        return tally;
    }

    /** What was found about one job, topic or transaction. */
    public List<Finding> about(Object subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject.toString()))
                .toList();
    }

    private static Map<Rule, Integer> copy(Map<Rule, Integer> counts) {
        Map<Rule, Integer> copy = new EnumMap<>(Rule.class);
        copy.putAll(counts);
        return copy;
    }
}
