package io.wanstreams.inference.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class DimTest {
    private static final Dim H = Dim.named("h");
    private static final Dim W = Dim.named("w");

    @Test
    void keepsOneFormWhateverTheOrder() {
        assertThat(H.times(W).times(2)).isEqualTo(W.times(2).times(H)).hasToString("2*h*w");
        assertThat(H.plus(2).minus(Dim.of(2))).isEqualTo(H);
        assertThat(H.plus(W).times(H)).isEqualTo(H.times(H).plus(W.times(H)));
        assertThat(H.minus(H)).isEqualTo(Dim.of(0));
        assertThat(H).isNotEqualTo(W);
    }

    @Test
    void knowsNumbers() {
        assertThat(Dim.of(3).times(4).plus(1).size()).isEqualTo(13);
        assertThat(Dim.product(List.of(Dim.of(2), Dim.of(5))).is(10)).isTrue();
        assertThatIllegalStateException().isThrownBy(H::size);
    }

    @Test
    void dividesExactlyWhereItCan() {
        assertThat(Dim.of(7).dividedBy(2)).isEqualTo(Dim.of(3));
        assertThat(H.times(4).plus(2).dividedBy(2)).isEqualTo(H.times(2).plus(1));
        assertThat(H.plus(1).dividedBy(2)).isEqualTo(H.plus(1).dividedBy(2)).hasToString("floor((h+1)/2)");
        assertThat(H.plus(1).dividedBy(2).times(2)).isNotEqualTo(H.plus(1));
    }

    @Test
    void canMultiplyARoundedQuotient() {
        Dim quotient = H.times(W).plus(1).dividedBy(2);
        assertThat(quotient.times(W)).isEqualTo(W.times(quotient)).hasToString("floor((h*w+1)/2)*w");
    }
}
