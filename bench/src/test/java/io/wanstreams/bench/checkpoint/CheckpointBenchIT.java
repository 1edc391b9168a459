package io.wanstreams.bench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.kafka.embedded.SharedBroker;
import org.junit.jupiter.api.Test;

final class CheckpointBenchIT {

    @Test
    void every_round_ends_with_an_event() throws Exception {
        CheckpointBench bench = CheckpointBench.run(SharedBroker.bootstrapServers(), SolverState.of(16, 2, 9, 16), 2);

        assertThat(bench.rows())
                .allSatisfy(row -> assertThat(row.figures().get("max")).isPositive());
        assertThat(SolverState.of(16, 2, 9, 16).bytes()).isEqualTo(4 * 4 * 16 * 2 * 9 * 16);
    }
}
