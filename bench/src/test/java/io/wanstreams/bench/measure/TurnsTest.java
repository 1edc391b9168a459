package io.wanstreams.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnsTest {

    @Test
    void each_side_goes_first_in_every_other_round() throws Exception {
        List<String> order = new ArrayList<>();

        Turns.take(3, round -> order.add("a" + round), round -> order.add("b" + round));

        assertThat(order).containsExactly("a0", "b0", "b1", "a1", "a2", "b2");
    }

    @Test
    void no_rounds_are_refused() {
        assertThatThrownBy(() -> Turns.take(0, round -> {}, round -> {})).hasMessageContaining("found 0");
    }
}
