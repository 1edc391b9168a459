package io.wanstreams.cli.verify;

import io.wanstreams.transport.verify.Finding;
import io.wanstreams.transport.verify.Rule;
import io.wanstreams.transport.verify.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A verdict for people: a line per rule, then what was found, a bounded part of it. */
public final class VerdictTable {

    private static final int SHOWN_PER_RULE = 20;

    private final Verdict verdict;

    public VerdictTable(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(row("rule", "looked at", "broken"));
        for (Rule rule : Rule.values()) {
            Integer looked = verdict.looked().get(rule);
            table.append(row(
                    rule.text(),
                    looked == null ? "-" : looked.toString(),
                    String.valueOf(verdict.broken().getOrDefault(rule, 0))));
        }
        table.append("jobs: ").append(jobs()).append(System.lineSeparator());
        verdict.notes().forEach(note -> table.append("note: ").append(note).append(System.lineSeparator()));
        for (Rule rule : Rule.values()) {
            appendFindings(table, rule);
        }
        return table.toString();
    }

    private String jobs() {
        return verdict.jobs().isEmpty()
                ? "none"
                : verdict.tally().entrySet().stream()
                        .map(outcome -> outcome.getValue() + " " + outcome.getKey())
                        .collect(Collectors.joining(", "));
    }

    private void appendFindings(StringBuilder table, Rule rule) {
        List<Finding> broken = verdict.findings().stream()
                .filter(finding -> finding.rule() == rule)
                .toList();
        if (broken.isEmpty()) {
            return;
        }
        table.append("broken: ").append(rule.text()).append(System.lineSeparator());
        broken.stream()
                .limit(SHOWN_PER_RULE)
                .forEach(finding -> table.append("  ")
                        .append(finding.subject())
                        .append(": ")
                        .append(finding.text())
                        .append(System.lineSeparator()));
        int more = verdict.broken().getOrDefault(rule, 0) - SHOWN_PER_RULE;
        if (more > 0) {
            table.append("  and ").append(more).append(" more").append(System.lineSeparator());
        }
    }

    private static String row(String rule, String looked, String broken) {
        return String.format(Locale.ROOT, "%-55s %9s %7s%n", rule, looked, broken);
    }
}
