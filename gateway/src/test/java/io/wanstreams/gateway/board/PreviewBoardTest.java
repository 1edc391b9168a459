package io.wanstreams.gateway.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.progress.Preview;
import io.wanstreams.gateway.Jobs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PreviewBoardTest {

    private final JobBoard board = new JobBoard(100);
    private final Jobs jobs = new Jobs(board);
    private final PreviewBoard previews = new PreviewBoard(board, 2);
    private final List<Preview> heard = new ArrayList<>();

    PreviewBoardTest() {
        board.listen(previews);
        previews.listen(heard::add);
    }

    @Test
    void keepsTheNewestUntilTheJobIsOver() {
        JobId id = show(1);
        Preview second = Jobs.preview(id, StageName.PROMPT, turn(id), 2, 5);
        previews.onPreview(second);

        assertThat(previews.newest(id)).containsSame(second);
        assertThat(heard).hasSize(2).endsWith(second);

        jobs.complete(id, StageName.PROMPT, turn(id));
        assertThat(previews.newest(id)).as("until there is another").containsSame(second);
        jobs.apply(id, new JobEvent.Cancelled("client"));
        assertThat(previews.newest(id)).isEmpty();
    }

    @Test
    void passesOverWhatIsOlderThanWhatItHasAndWhatCannotBe() {
        JobId id = show(3);
        long turn = turn(id);

        previews.onPreview(Jobs.preview(id, StageName.PROMPT, turn, 2, 5));
        previews.onPreview(Jobs.preview(id, StageName.PROMPT, turn + 1, 4, 5));
        previews.onPreview(Jobs.preview(JobId.ofIdempotencyKey("t", "k"), StageName.PROMPT, turn, 5, 5));

        assertThat(previews.newest(id).orElseThrow().step()).isEqualTo(3);
        assertThat(heard).hasSize(1);
    }

    /** The last step of a stage may be shown when the job is past it; not any more when the next stage has shown something. */
    @Test
    void takesTheLastOfTheStageBefore() {
        JobId id = show(1);
        long turn = turn(id);
        long next = jobs.complete(id, StageName.PROMPT, turn);
        jobs.start(id, StageName.ENCODE, next, "w");

        previews.onPreview(Jobs.preview(id, StageName.PROMPT, turn, 5, 5));
        assertThat(previews.newest(id).orElseThrow().step()).isEqualTo(5);

        previews.onPreview(Jobs.preview(id, StageName.ENCODE, next, 1, 5));
        previews.onPreview(Jobs.preview(id, StageName.PROMPT, turn, 5, 5));
        assertThat(previews.newest(id).orElseThrow().stage()).isEqualTo(StageName.ENCODE);
    }

    @Test
    void forgetsTheJobThatHasShownNothingForLongest() {
        JobId first = show(1);
        JobId second = show(1);
        previews.onPreview(Jobs.preview(first, StageName.PROMPT, turn(first), 2, 5));

        JobId third = show(1);

        assertThat(previews.newest(second)).isEmpty();
        assertThat(previews.newest(first)).isPresent();
        assertThat(previews.newest(third)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new PreviewBoard(board, 0));
    }

    private JobId show(int step) {
        JobId id = jobs.submit();
        jobs.start(id, StageName.PROMPT, jobs.admit(id), "w");
        previews.onPreview(Jobs.preview(id, StageName.PROMPT, turn(id), step, 5));
        return id;
    }

    private long turn(JobId id) {
        return board.find(id)
                .orElseThrow()
                .job()
                .phase()
                .stageTurn()
                .orElseThrow()
                .turn();
    }
}
