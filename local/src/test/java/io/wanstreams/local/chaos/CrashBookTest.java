package io.wanstreams.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.transport.crash.CrashPoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashBookTest {

    private static final Schedule SCHEDULE = Schedule.of(7, Duration.ofMinutes(3), 24, StageName.TWO_EXPERTS);
    private static final Member DECODER = member("decode-0");

    private final CrashBook book = new CrashBook(SCHEDULE);

    @Test
    void aProcessDiesOnlyOfWhatHasNotHappenedYet() {
        Crash started = new Crash(CrashPoint.STARTED, StageName.DECODE);
        JobId victim = SCHEDULE.victims().getOrDefault(started, List.of()).get(0);
        assertThat(book.planOf(DECODER)).contains("started@decode#" + victim).doesNotContain("@encode");

        assertThat(book.hit("wan.crash.at started@decode#" + victim)).contains(started);

        assertThat(book.planOf(DECODER)).doesNotContain("started@decode").contains("at-work@decode");
        assertThat(book.hits(started)).isEqualTo(1);
        assertThat(book.missing())
                .doesNotContain(started)
                .hasSize(Crash.all(StageName.TWO_EXPERTS).size() - 1);
    }

    @Test
    void aPoisonedJobKillsAgainAndAgain() {
        PlannedJob poison = SCHEDULE.jobs().stream()
                .filter(job -> job.poisonedAt() != null)
                .findFirst()
                .orElseThrow();
        String place = "at-work@" + poison.poisonedAt() + "#" + poison.id();
        Member worker = member(poison.poisonedAt() + "-0");
        assertThat(List.of(book.planOf(worker).split(","))).contains(place);

        assertThat(book.hit("wan.crash.at " + place)).isEmpty();

        assertThat(List.of(book.planOf(worker).split(","))).contains(place);
        assertThat(book.poisonings()).containsEntry(poison.id(), 1);
        assertThat(book.missing()).hasSameElementsAs(Crash.all(StageName.TWO_EXPERTS));
    }

    @Test
    void theGatewaysDoNotDieOfTheSameSubmission() {
        assertThat(book.planOf(member("gateway-0"))).contains("before-submit#").doesNotContain("after-submit#");
        assertThat(book.planOf(member("gateway-1"))).contains("after-submit#").doesNotContain("before-submit#");
    }

    @Test
    void ofASweepOnlyThoseAreNeededThatMeetACrashPointThatIsLeft() {
        List<PlannedJob> sweep = SCHEDULE.sweeps().get(0);
        assertThat(book.needed(sweep)).isEqualTo(sweep);

        List<Crash> all = Crash.all(StageName.TWO_EXPERTS);
        Crash left = new Crash(CrashPoint.STARTED, StageName.DECODE);
        all.stream().filter(crash -> !crash.equals(left)).forEach(this::die);

        assertThat(book.needed(sweep))
                .singleElement()
                .satisfies(job -> assertThat(book.planOf(DECODER)).contains("started@decode#" + job.id()));
        die(left);
        assertThat(book.needed(sweep)).isEmpty();
    }

    @Test
    void aDispatcherDiesOfWhateverComes() {
        Crash inside = new Crash(CrashPoint.INSIDE_DISPATCH, null);
        Crash.all(StageName.TWO_EXPERTS).stream()
                .filter(crash -> !crash.equals(inside))
                .forEach(this::die);

        assertThat(book.planOf(member("gateway-0"))).isEqualTo("inside-dispatch:4");
        assertThat(book.needed(SCHEDULE.sweeps().get(1)))
                .isEqualTo(SCHEDULE.sweeps().get(1));
    }

    private void die(Crash crash) {
        assertThat(book.hit("wan.crash.at " + crash)).contains(crash);
    }

    private static Member member(String name) {
        return Member.of(StageName.TWO_EXPERTS).stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
