package io.wanstreams.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ShiftTest {

    private static final long MS = 1_000_000;

    private final Shift shift = new Shift(5);

    @Test
    void idle_is_counted_while_everybody_has_work_to_get() {
        work("a", 0, 40);
        work("a", 50, 90);
        work("a", 100, 140);
        work("b", 10, 60);
        work("b", 70, 200);

        // From 10, when both work, to 70, when b takes its last: of 2 × 60 ms, a is idle for 10 and b for 10.
        assertThat(shift.idleShare()).isCloseTo(20.0 / 120, within(1e-9));
        assertThat(shift.gaps()).containsExactlyInAnyOrder(10.0, 10.0, 10.0);
        assertThat(shift.left()).isZero();
    }

    private void work(String worker, long begun, long ended) {
        shift.worked(worker, begun * MS, ended * MS);
    }
}
