package io.wanstreams.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.kafka.embedded.SharedBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class LoadBenchesIT {

    @Test
    void all_jobs_pass_the_pool() throws Exception {
        LoadBench bench = LoadBench.run(SharedBroker.bootstrapServers(), 2, 8);

        assertThat(bench.rows())
                .allSatisfy(row -> assertThat(row.figures().get("p50")).isPositive());
        assertThat(bench.jobsPerSecond()).isPositive();
    }

    @Test
    void workers_are_started_beside_both_logs() throws Exception {
        LogBench bench = LogBench.run(SharedBroker.bootstrapServers(), 10, 50, 1);

        assertThat(bench.rows()).hasSize(4);
        assertThat(bench.target().found()).isPositive();
    }
}
