package io.wanstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class CheckpointCommandTest {

    @Test
    void the_bytes_of_an_hour_follow_from_size_and_interval() {
        // After 60 s at the latest, so every third step of 20 s: 60 an hour.
        assertThat(new CheckpointCommand().perHour(77_414_400))
                .startsWith("4.64 GB ")
                .contains(": 60, every 3 steps");
    }

    @Test
    void whichever_rule_is_first_decides() {
        CheckpointCommand command = new CheckpointCommand();
        new CommandLine(command).parseArgs("--step-seconds", "2", "--every-steps", "5");

        assertThat(command.perHour(1_000_000_000)).startsWith("360.00 GB ").contains(": 360, every 5 steps of 2 s");
    }
}
