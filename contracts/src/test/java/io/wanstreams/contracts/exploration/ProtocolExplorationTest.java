package io.wanstreams.contracts.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.exploration.Exploration.Result;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In every state: a stage counts once, a terminal state stays, at most one open ticket has the job's turn. At rest,
 * when only faults can happen: the job is over and no ticket is open.
 *
 * <p>The numbers of states come from an independent model of the protocol, written in Python before the code: that they
 * are equal says that nothing is left out. Guards that prevent waste rather than harm are shown by the tables of {@link
 * io.wanstreams.contracts.job.JobFold JobFold's} test instead.
 */
class ProtocolExplorationTest {

    private static final Rules PRODUCTION = new Rules() {};

    @ParameterizedTest(name = "{0} faults, cancellation {1}: {2} states")
    @CsvSource({"0, false, 369", "0, true, 1287", "1, false, 74656", "1, true, 272455"})
    void nothingGoesWrongWithFewFaults(int faults, boolean cancellation, int states) {
        assertThat(Exploration.of(PRODUCTION, faults, cancellation)).isEqualTo(new Result(states, null));
    }

    @Test
    @Tag("slow")
    void nothingGoesWrongWithTwoFaults() {
        assertThat(Exploration.of(PRODUCTION, 2, false)).isEqualTo(new Result(11_835_857, null));
    }

    @ParameterizedTest
    @EnumSource
    void everyBrokenRuleIsFoundWithAtMostOneFault(BrokenRules rules) {
        Result calm = Exploration.of(rules, 0, false);
        Result result = calm.violation() == null ? Exploration.of(rules, 1, false) : calm;
        assertThat(result.violation())
                .as("%s, %d states", rules, result.states())
                .isNotNull();
    }

    @Test
    void aViolationIsToldAsAStory() {
        String story = Objects.requireNonNull(Exploration.of(BrokenRules.SILENT_WORKER_IS_NOT_NOTICED, 1, false)
                .violation());
        assertThat(story)
                .startsWith("at rest, but Running")
                .endsWith(": dispatcher decides > dispatcher writes > lease > decide to start > append started > claim"
                        + " > crash");
    }
}
