package io.wanstreams.bench.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.kafka.embedded.SharedBroker;
import org.junit.jupiter.api.Test;

final class BundleBenchIT {

    @Test
    void both_sides_carry_the_bytes_and_are_compared() throws Exception {
        BundleBench bench = BundleBench.run(SharedBroker.bootstrapServers(), 2_000_000, 1, 2);

        assertThat(bench.rows()).extracting(Row::unit).containsOnly("MB/s");
        assertThat(bench.rows())
                .allSatisfy(row -> assertThat(row.figures().get("min")).isPositive());
        assertThat(bench.target().found()).isPositive();
    }
}
