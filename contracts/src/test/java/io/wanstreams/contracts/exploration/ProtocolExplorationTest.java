package io.wanstreams.contracts.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * In every state: a stage counts once, a terminal state stays, at most one open ticket has the job's turn. At rest,
 * when only faults can happen: the job is over and no ticket is open.
 *
 * <p>The numbers of states come from an independent model of the protocol, written in Python before the code.
 */
class ProtocolExplorationTest {

    private static final Rules PRODUCTION = new Rules() {};

    @ParameterizedTest(name = "{0} faults, cancellation {1}: {2} states")
    @CsvSource({"0, false, 369", "0, true, 1287", "1, false, 74656", "1, true, 272455"})
    void nothingGoesWrongWithFewFaults(int faults, boolean cancellation, int states) {
        assertThat(Exploration.of(PRODUCTION, faults, cancellation)).isEqualTo(new Exploration.Result(states, null));
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0} faults, cancellation {1}: {2} states")
    @CsvSource({"2, false, 0", "2, true, 11835857"})
    void nothingGoesWrongWithTwoFaults(int faults, boolean cancellation, int states) {
        assertThat(Exploration.of(PRODUCTION, faults, cancellation)).isEqualTo(new Exploration.Result(states, null));
    }
}
