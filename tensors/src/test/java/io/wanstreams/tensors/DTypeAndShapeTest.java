package io.wanstreams.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DTypeAndShapeTest {
    @Test
    void knowsTheNamesOfTheFormatAndNoOthers() {
        assertThat(DType.named("BF16")).contains(DType.BF16);
        assertThat(DType.named("F8_E4M3")).contains(DType.F8_E4M3);
        assertThat(DType.named("bf16")).isEmpty();
        assertThat(DType.F64.byteSize()).isEqualTo(8);
    }

    @Test
    void countsElementsAndBytes() {
        assertThat(Shape.of().elements()).isEqualTo(1);
        assertThat(Shape.of(16, 3, 4, 6).elements()).isEqualTo(1152);
        assertThat(Shape.of(16, 0, 4).elements()).isZero();
        assertThat(Shape.of(5, 4).bytes(DType.F16)).isEqualTo(40);
        assertThat(Shape.of(5, 4).dim(-1)).isEqualTo(4);
    }

    @Test
    void refusesOverflowEvenBesideAZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(1L << 40, 1L << 40));
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(1L << 40, 1L << 40, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(1L << 61).bytes(DType.F32));
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(1L << 62, 2));
    }

    @Test
    void refusesNegativeExtentsAndTooManyAxes() {
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(-1)).withMessageContaining("[-1]");
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(new long[17]));
    }
}
