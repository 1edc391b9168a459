package io.wanstreams.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.transport.verify.Finding;
import io.wanstreams.transport.verify.Outcome;
import io.wanstreams.transport.verify.Rule;
import io.wanstreams.transport.verify.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VerdictTableTest {

    private static final JobId JOB = new JobId(new UUID(1, 2));

    @Test
    void showsEveryRuleAndWhatBreaksIt() {
        Verdict verdict = verdict(
                Map.of(Rule.JOBS_OVER, 1),
                List.of(new Finding(Rule.JOBS_OVER, "job-1", "is not over")),
                Map.of(JOB, new Outcome("failed", "worker_lost", null)));

        assertThat(new VerdictTable(verdict).toString().lines().toList())
                .hasSize(1 + Rule.values().length + 4)
                .anyMatch(line -> line.matches("every job is over, and as it should be +7 +1"))
                .anyMatch(line -> line.matches("no ticket is left +- +0"))
                .contains("jobs: 1 failed worker_lost", "note: a note", "  job-1: is not over");
    }

    @Test
    void isBounded() {
        List<Finding> many = Collections.nCopies(1_000, new Finding(Rule.TICKETS, "topic", "is left"));
        String table = new VerdictTable(verdict(Map.of(Rule.TICKETS, 1_234), many, Map.of())).toString();

        assertThat(table.lines()).hasSizeLessThan(50);
        assertThat(table).contains("and 1214 more");
    }

    private static Verdict verdict(Map<Rule, Integer> broken, List<Finding> findings, Map<JobId, Outcome> jobs) {
        return new Verdict(new TreeMap<>(jobs), Map.of(Rule.JOBS_OVER, 7), broken, findings, List.of("a note"));
    }
}
