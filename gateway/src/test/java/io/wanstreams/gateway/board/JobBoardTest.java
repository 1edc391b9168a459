package io.wanstreams.gateway.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.gateway.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JobBoardTest {

    private final JobBoard board = new JobBoard(1000);
    private final Jobs jobs = new Jobs(board);

    @Test
    void tellsListenersOnlyOfEventsThatCount() {
        List<String> places = new ArrayList<>();
        Subscription listening = board.listen(job -> places.add(job.place()));
        JobId id = jobs.submit();
        jobs.admit(id);
        jobs.admit(id);
        jobs.apply(id, new JobEvent.Cancelled("me"));
        listening.close();
        jobs.apply(id, new JobEvent.Deleted("me"));

        assertThat(places).containsExactly("0:0", "0:1", "0:3");
    }

    @Test
    void deletedJobsReadAsUnknownAndStaySo() {
        JobId id = jobs.submit();
        jobs.apply(id, new JobEvent.Cancelled("me"));
        jobs.apply(id, new JobEvent.Deleted("me"));
        jobs.apply(id, Jobs.submitted());

        assertThat(board.find(id)).isEmpty();
        assertThat(board.isGone(id)).isTrue();
        assertThat(board.list("default", Optional.empty(), true)).isEmpty();
    }

    @Test
    void listsATenantsJobsInOrder() {
        JobId first = jobs.submit();
        JobId second = jobs.submit();
        JobId third = jobs.submit();

        assertThat(ids(board.list("default", Optional.empty(), false).toList())).containsExactly(first, second, third);
        assertThat(ids(board.list("default", Optional.empty(), true).toList())).containsExactly(third, second, first);
        assertThat(ids(board.list("default", board.find(second), true).toList()))
                .containsExactly(first);
        assertThat(board.list("other", Optional.empty(), true)).isEmpty();
    }

    @Test
    void knowsWhatIsNotOverOldestFirst() {
        JobId first = jobs.submit();
        JobId second = jobs.submit();
        JobId odd = jobs.submit();
        jobs.apply(odd, new JobEvent.Unknown("io.wanstreams.job.paused.v2", null));

        assertThat(ids(List.copyOf(board.live()))).containsExactly(first, second);
        jobs.apply(first, new JobEvent.Cancelled("me"));
        assertThat(ids(List.copyOf(board.live()))).containsExactly(second);
        assertThat(board.liveCount()).isEqualTo(1);
    }

    @Test
    void forgetsTheOldestThatAreOverBeyondItsLimit() {
        JobBoard small = new JobBoard(3);
        Jobs log = new Jobs(small);
        JobId live = log.submit();
        JobId over = log.submit();
        log.apply(over, new JobEvent.Cancelled("me"));
        log.submit();
        JobId newest = log.submit();

        assertThat(small.size()).isEqualTo(3);
        assertThat(small.find(live)).isPresent();
        assertThat(small.find(over)).isEmpty();
        assertThat(small.find(newest)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new JobBoard(0));
    }

    @Test
    void ticketsContinueBehindTheLastEventThatCounted() {
        JobId id = jobs.submit();
        jobs.admit(id);

        assertThat(board.find(id).orElseThrow().view("topic").upTo().next()).isEqualTo(2);
    }

    private static List<JobId> ids(List<BoardJob> jobs) {
        return jobs.stream().map(job -> job.job().id()).toList();
    }
}
