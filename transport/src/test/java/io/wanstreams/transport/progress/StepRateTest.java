package io.wanstreams.transport.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepRateTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void countsFromTheFirstReportOfAResumedRun() {
        StepRate rate = StepRate.UNKNOWN.after(30, 50, 5 * SECOND).after(34, 50, 7 * SECOND);
        assertThat(rate.perSecond()).isEqualTo(2.0);
        assertThat(rate.step()).isEqualTo(34);
        assertThat(rate.of()).isEqualTo(50);
    }

    @Test
    void isUnknownUntilTwoReportsCame() {
        assertThat(StepRate.UNKNOWN.perSecond()).isZero();
        assertThat(StepRate.UNKNOWN.after(3, 4, SECOND).perSecond()).isZero();
    }
}
