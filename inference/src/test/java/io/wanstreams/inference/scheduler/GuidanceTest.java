package io.wanstreams.inference.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GuidanceTest {

    @Test
    void goesFromTheNegativeThroughThePositive() {
        float[] guided = new Guidance(4).combine(new float[] {1, 2}, new float[] {0.5f, 3});
        assertThat(guided).containsExactly(2.5f, -1);
    }

    @Test
    void aScaleOfOneNeedsNoNegative() {
        assertThat(new Guidance(1).needsNegative()).isFalse();
        assertThat(new Guidance(0).needsNegative()).isTrue();
        assertThat(new Guidance(3.5f).needsNegative()).isTrue();
    }

    @Test
    void refusesWhatIsNoScale() {
        assertThatThrownBy(() -> new Guidance(Float.NaN)).hasMessageContaining("found NaN");
        assertThatThrownBy(() -> new Guidance(2).combine(new float[2], new float[3]))
                .hasMessageContaining("found 2 and 3");
    }
}
