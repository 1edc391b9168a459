package io.wanstreams.transport.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CrashPlanTest {

    private static final JobId JOB = JobId.parse("0198a3f0-0000-7000-8000-000000000001");
    private static final JobId OTHER = JobId.parse("0198a3f0-0000-7000-8000-000000000002");

    @ParameterizedTest
    @EnumSource(CrashPoint.class)
    void nobodyDiesWithoutTheSetting(CrashPoint point) {
        assertThat(CrashPlan.parse("").isDue(point, StageName.DECODE, JOB)).isFalse();
    }

    @Test
    void aPlaceIsMeantOnceAtItsStage() {
        CrashPlan plan = CrashPlan.parse("ticket-in-hand@encode");

        assertThat(plan.isDue(CrashPoint.TICKET_IN_HAND, StageName.DECODE, JOB)).isFalse();
        assertThat(plan.isDue(CrashPoint.STARTED, StageName.ENCODE, JOB)).isFalse();
        assertThat(plan.isDue(CrashPoint.TICKET_IN_HAND, StageName.ENCODE, JOB)).isTrue();
        assertThat(plan.isDue(CrashPoint.TICKET_IN_HAND, StageName.ENCODE, JOB)).isFalse();
    }

    @Test
    void aCountWaitsForThatTime() {
        CrashPlan plan = CrashPlan.parse("at-work:3");

        assertThat(plan.isDue(CrashPoint.AT_WORK, StageName.ENCODE, JOB)).isFalse();
        assertThat(plan.isDue(CrashPoint.AT_WORK, StageName.DECODE, OTHER)).isFalse();
        assertThat(plan.isDue(CrashPoint.AT_WORK, StageName.ENCODE, JOB)).isTrue();
    }

    @Test
    void aPoisonousJobIsMeantAlone() {
        CrashPlan plan = CrashPlan.parse("before-submit, at-work@denoise-high#" + JOB);

        assertThat(plan.isDue(CrashPoint.AT_WORK, StageName.DENOISE_HIGH, OTHER))
                .isFalse();
        assertThat(plan.isDue(CrashPoint.AT_WORK, StageName.DENOISE_HIGH, JOB)).isTrue();
        assertThat(plan.isDue(CrashPoint.BEFORE_SUBMIT, null, OTHER)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere, no crash point is called 'nowhere'",
        "at-work@nowhere, expected one of prompt",
        "before-submit@encode, which is at no stage",
        "at-work:0, <point>[@<stage>][#<job>][:<count>]",
        "at-work:99999999999, <point>[@<stage>][#<job>][:<count>]"
    })
    void whatIsNotUnderstoodIsRefused(String text, String sentence) {
        assertThatThrownBy(() -> CrashPlan.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void everyPlaceOfARouteHasAName() {
        long places = java.util.Arrays.stream(CrashPoint.values())
                .mapToLong(
                        point -> Math.max(1, point.stages(StageName.TWO_EXPERTS).size()))
                .sum();

        // gateway 2, dispatcher 3, six points at five stages, two at both experts
        assertThat(places).isEqualTo(2 + 3 + 6 * 5 + 2 * 2);
        for (CrashPoint point : CrashPoint.values()) {
            assertThat(CrashPoint.parse(point.toString())).isEqualTo(point);
        }
    }
}
