package io.wanstreams.gateway.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.gateway.Jobs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogClockTest {

    private long nanos;
    private final LogClock clock = new LogClock(() -> nanos);
    private final JobBoard board = new JobBoard(10);
    private final Jobs jobs = new Jobs(board);

    @BeforeEach
    void listen() {
        board.listen(clock);
    }

    @Test
    void knowsNoTimeBeforeTheFirstFact() {
        assertThat(clock.instant()).isEqualTo(Instant.MIN);
    }

    @Test
    void goesOnFromTheNewestFactByItsOwnPulse() {
        jobs.submit();
        Instant fact = clock.instant();

        nanos += Duration.ofHours(3).toNanos();

        assertThat(fact).isBetween(Jobs.START, Jobs.START.plusSeconds(60));
        assertThat(clock.instant()).isEqualTo(fact.plus(Duration.ofHours(3)));
    }

    @Test
    void aFactThatWasReadLateDoesNotTurnItBack() {
        jobs.submit();
        nanos += Duration.ofHours(3).toNanos();
        Instant before = clock.instant();

        jobs.submit();

        assertThat(clock.instant()).isEqualTo(before);
    }
}
