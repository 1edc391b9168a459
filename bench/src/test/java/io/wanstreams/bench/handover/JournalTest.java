package io.wanstreams.bench.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JournalTest {

    private static final List<StageName> ROUTE = List.of(StageName.ENCODE, StageName.DENOISE, StageName.DECODE);

    private final JobId job = JobId.ofIdempotencyKey("bench", "a");
    private final Journal journal = new Journal();

    @Test
    void gap_is_from_the_end_of_a_stage_to_the_beginning_of_the_next() {
        work(StageName.ENCODE, 10, 20);
        work(StageName.DENOISE, 25, 40);
        work(StageName.DECODE, 47, 50);

        assertThat(journal.gaps(job, ROUTE)).containsExactly(5.0, 7.0);
        assertThat(journal.sinceThen(job, StageName.ENCODE, 4_000_000)).isEqualTo(6);
    }

    @Test
    void first_begin_counts() {
        work(StageName.ENCODE, 10, 20);
        work(StageName.DENOISE, 25, 40);
        journal.begins(job, StageName.DENOISE, 99_000_000);

        assertThat(journal.gaps(job, ROUTE.subList(0, 2))).containsExactly(5.0);
    }

    @Test
    void stage_that_was_not_seen_is_named() {
        work(StageName.ENCODE, 10, 20);

        assertThatThrownBy(() -> journal.gaps(job, ROUTE)).hasMessageContaining("denoise");
    }

    private void work(StageName stage, long beginMillis, long endMillis) {
        journal.begins(job, stage, beginMillis * 1_000_000);
        journal.ends(job, stage, endMillis * 1_000_000);
    }
}
