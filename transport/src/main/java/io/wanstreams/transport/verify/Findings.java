package io.wanstreams.transport.verify;

import io.wanstreams.contracts.job.JobId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what the checks see. Bounded: beyond a limit only the number grows. */
final class Findings {

    private static final int LIMIT_PER_RULE = 1_000;

    private final Map<Rule, Integer> looked = new EnumMap<>(Rule.class);
    private final Map<Rule, Integer> broken = new EnumMap<>(Rule.class);
    private final List<Finding> all = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** So many things were held against the rule. */
    void looked(Rule rule, int number) {
        looked.merge(rule, number, Integer::sum);
    }

    void add(Rule rule, Object subject, String text) {
        if (broken.merge(rule, 1, Integer::sum) <= LIMIT_PER_RULE) {
            all.add(new Finding(rule, subject.toString(), text));
        }
    }

    void note(String note) {
        notes.add(note);
    }

    Verdict verdict(Map<JobId, Outcome> jobs) {
        return new Verdict(jobs, looked, broken, all, notes);
    }
}
