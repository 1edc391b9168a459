package io.wanstreams.bench.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.kafka.embedded.SharedBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class HandoverBenchIT {

    @Test
    void every_job_passes_every_worker() throws Exception {
        int jobs = 2;

        HandoverBench bench = HandoverBench.run(SharedBroker.bootstrapServers(), 1, jobs);

        assertThat(bench.handovers()).isEqualTo(jobs * HandoverBench.perJob());
        assertThat(bench.rows())
                .allSatisfy(row -> assertThat(row.figures().get("p50")).isNotNegative());
        assertThat(bench.target().found()).isPositive();
    }
}
