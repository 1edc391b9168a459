package io.wanstreams.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ScheduleTest {

    private static final Duration LENGTH = Duration.ofMinutes(3);

    @Property(tries = 50)
    void theSeedDecidesEverything(@ForAll long seed) {
        assertThat(schedule(seed)).isEqualTo(schedule(seed));
        assertThat(schedule(seed)).isNotEqualTo(schedule(seed + 1));
    }

    @Property(tries = 50)
    void everyProcessAndTheBrokerAreHitTwiceInThreeMinutes(@ForAll long seed) {
        List<String> hit = new ArrayList<>();
        for (Act act : schedule(seed).acts()) {
            if (act instanceof Act.Kill kill) {
                hit.add(kill.member());
            } else if (act instanceof Act.Stop stop) {
                hit.add(stop.member());
            } else if (act instanceof Act.Hang hang) {
                hit.add(hang.member());
            } else if (act instanceof Act.StopBroker) {
                hit.add("broker");
            }
        }

        for (Member member : Member.of(StageName.TWO_EXPERTS)) {
            assertThat(hit.stream().filter(member.name()::equals))
                    .as(member.name())
                    .hasSize(2);
        }
        assertThat(hit.stream().filter("broker"::equals)).hasSize(2);
    }

    @Property(tries = 50)
    void everyCrashPointHasVictimsAndNoJobHasTwoInAStage(@ForAll long seed) {
        Schedule schedule = schedule(seed);

        for (Crash crash : Crash.all(StageName.TWO_EXPERTS)) {
            assertThat(schedule.victims().getOrDefault(crash, List.of()).isEmpty())
                    .as(crash.toString())
                    .isEqualTo(crash.isDispatchers());
        }
        for (StageName stage : StageName.TWO_EXPERTS) {
            assertThat(schedule.victims().entrySet().stream()
                            .filter(victims -> victims.getKey().stage() == stage)
                            .flatMap(victims -> victims.getValue().stream()))
                    .doesNotHaveDuplicates();
        }
    }

    @Property(tries = 50)
    void everySweepMeetsEveryCrashPointAgain(@ForAll long seed) {
        Schedule schedule = schedule(seed);

        for (List<PlannedJob> sweep : schedule.sweeps()) {
            List<JobId> jobs = sweep.stream().map(PlannedJob::id).toList();
            schedule.victims()
                    .forEach((crash, victims) -> assertThat(victims.stream().filter(jobs::contains))
                            .as(crash.toString())
                            .hasSize(crash.isDispatchers() ? 0 : 1));
        }
    }

    @Property(tries = 50)
    void poisonedJobsAreNobodysVictimsAndAreNotCancelled(@ForAll long seed) {
        Schedule schedule = schedule(seed);
        Set<JobId> poisoned = schedule.jobs().stream()
                .filter(job -> job.poisonedAt() != null)
                .map(PlannedJob::id)
                .collect(Collectors.toSet());

        assertThat(poisoned).isNotEmpty();
        assertThat(schedule.victims().entrySet().stream()
                        .filter(victims -> victims.getKey().stage() != null)
                        .flatMap(victims -> victims.getValue().stream()))
                .doesNotContainAnyElementsOf(poisoned);
        assertThat(schedule.acts().stream()
                        .filter(Act.Cancel.class::isInstance)
                        .map(act ->
                                schedule.jobs().get(((Act.Cancel) act).job()).id()))
                .doesNotContainAnyElementsOf(poisoned);
    }

    @Property(tries = 50)
    void actsAreInOrderAndWithinTheRun(@ForAll long seed) {
        List<Duration> times = schedule(seed).acts().stream().map(Act::at).toList();

        assertThat(times).isSorted();
        assertThat(times.get(0)).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(times.get(times.size() - 1)).isLessThanOrEqualTo(LENGTH);
    }

    private static Schedule schedule(long seed) {
        return Schedule.of(seed, LENGTH, 24, StageName.TWO_EXPERTS);
    }
}
