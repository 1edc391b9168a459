package io.wanstreams.gateway.board;

import static io.wanstreams.contracts.job.StageName.DECODE;
import static io.wanstreams.contracts.job.StageName.DENOISE_HIGH;
import static io.wanstreams.contracts.job.StageName.DENOISE_LOW;
import static io.wanstreams.contracts.job.StageName.ENCODE;
import static io.wanstreams.contracts.job.StageName.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.gateway.Jobs;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressBoardTest {

    private final AtomicLong clock = new AtomicLong(100);
    private final JobBoard board = new JobBoard(100);
    private final ProgressBoard progress = new ProgressBoard(board, clock::get);
    private final Jobs jobs = new Jobs(board);
    private final JobId id;

    ProgressBoardTest() {
        board.listen(progress);
        id = jobs.submit();
    }

    @Test
    void countsByExpectedCost() {
        assertThat(percent()).isZero();
        long encode = jobs.pass(id, PROMPT, jobs.admit(id));
        assertThat(percent()).isZero();
        long high = jobs.pass(id, ENCODE, encode);
        assertThat(percent()).isEqualTo(1);

        jobs.start(id, DENOISE_HIGH, high, "a");
        progress.onHeartbeat(Jobs.beat(id, DENOISE_HIGH, high, "a", 2, 4));
        assertThat(percent()).isEqualTo(1 + 19);

        long low = jobs.complete(id, DENOISE_HIGH, high);
        assertThat(percent()).as("6 of 10 steps lie above the boundary").isEqualTo((int) (1 + 96 * 0.6));
        jobs.start(id, DENOISE_LOW, low, "b");
        progress.onHeartbeat(Jobs.beat(id, DENOISE_LOW, low, "b", 3, 6));
        assertThat(percent()).isEqualTo((int) (1 + 96 * 0.7));

        long decode = jobs.complete(id, DENOISE_LOW, low);
        assertThat(percent()).isEqualTo(97);
        jobs.start(id, DECODE, decode, "c");
        progress.onHeartbeat(Jobs.beat(id, DECODE, decode, "c", 9, 9));
        assertThat(percent()).as("not over").isEqualTo(99);
        jobs.complete(id, DECODE, decode);
        assertThat(percent()).isEqualTo(100);
    }

    @Test
    void neverGoesBackWhenAStageStartsAgain() {
        long high = denoising();
        progress.onHeartbeat(Jobs.beat(id, DENOISE_HIGH, high, "a", 3, 4));
        int shown = percent();
        long again = jobs.apply(id, new JobEvent.Requeued(DENOISE_HIGH, high, RequeueReason.WORKER_LOST));
        assertThat(percent()).isEqualTo(shown);
        jobs.start(id, DENOISE_HIGH, again, "b");
        progress.onHeartbeat(Jobs.beat(id, DENOISE_HIGH, again, "b", 1, 4));

        assertThat(percent()).isEqualTo(shown);
    }

    @Test
    void countsACheckpointWithoutAnyHeartbeat() {
        long high = denoising();
        jobs.apply(id, new JobEvent.Checkpointed(DENOISE_HIGH, high, 5, Jobs.bundle()));

        assertThat(percent()).isEqualTo(49);
    }

    @Test
    void hearsOnlyTheWorkerThatRunsTheJobInThisTurn() {
        long high = denoising();
        assertThat(progress.lastHeardNanos(job())).isEmpty();
        progress.onHeartbeat(Jobs.beat(id, DENOISE_HIGH, high, "other", 1, 4));
        assertThat(progress.lastHeardNanos(job())).isEmpty();
        progress.onHeartbeat(Jobs.beat(id, DENOISE_HIGH, high - 1, "a", 1, 4));
        assertThat(progress.lastHeardNanos(job())).isEmpty();
        assertThat(progress.newest(job())).isEmpty();

        clock.set(500);
        progress.onHeartbeat(Jobs.beat(id, DENOISE_HIGH, high, "a", 1, 4));
        assertThat(progress.lastHeardNanos(job())).hasValue(500);
        assertThat(progress.newest(job())).isPresent();
    }

    @Test
    void forgetsJobsThatAreOverAndIgnoresUnknownOnes() {
        long high = denoising();
        progress.onHeartbeat(Jobs.beat(id, DENOISE_HIGH, high, "a", 3, 4));
        jobs.apply(id, new JobEvent.Cancelled("me"));
        progress.onHeartbeat(Jobs.beat(id, DENOISE_HIGH, high, "a", 3, 4));
        progress.onHeartbeat(Jobs.beat(JobId.ofIdempotencyKey("t", "k"), DENOISE_HIGH, high, "a", 3, 4));

        assertThat(progress.newest(job())).isEmpty();
    }

    private long denoising() {
        long high = jobs.pass(id, ENCODE, jobs.pass(id, PROMPT, jobs.admit(id)));
        jobs.start(id, DENOISE_HIGH, high, "a");
        return high;
    }

    private Job job() {
        return board.find(id).orElseThrow().job();
    }

    private int percent() {
        return progress.percent(job());
    }
}
