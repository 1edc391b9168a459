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
    void aPointCanBeBoundToOneMoreJob() {
        JobId late = JobId.ofIdempotencyKey("default", "late");
        book.bind(new Crash(CrashPoint.TICKET_IN_HAND, StageName.DECODE), late);

        assertThat(book.planOf(DECODER)).contains("ticket-in-hand@decode#" + late);
    }

    @Test
    void aDispatcherDiesInTheMiddleOfItsWorkAndInTheEndAtOnce() {
        Crash inside = new Crash(CrashPoint.INSIDE_DISPATCH, null);
        Member gateway = member("gateway-0");
        assertThat(book.planOf(gateway)).contains("inside-dispatch:4");

        book.bind(inside, JobId.ofIdempotencyKey("default", "late"));

        assertThat(book.planOf(gateway)).contains("inside-dispatch:1");
    }

    private static Member member(String name) {
        return Member.of(StageName.TWO_EXPERTS).stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
