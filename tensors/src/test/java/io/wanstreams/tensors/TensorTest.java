package io.wanstreams.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void keepsFloatsLittleEndian() {
        Tensor tensor = Tensor.of(new float[] {1, -2}, 2, 1);
        assertThat(tensor.bytes().get(3)).isEqualTo((byte) 0x3f);
        assertThat(tensor.toFloats()).containsExactly(1, -2);
        assertThat(tensor.floats().get(1)).isEqualTo(-2);
    }

    @Test
    void convertsHalvesAndDoubles() {
        ByteBuffer halves =
                little(6).putShort((short) 0x3c00).putShort((short) 0x0001).putShort((short) 0xfc00);
        assertThat(Tensor.of(DType.F16, Shape.of(3), halves.flip()).toFloats())
                .containsExactly(1f, 0x1p-24f, Float.NEGATIVE_INFINITY);
        ByteBuffer brain = little(4).putShort((short) 0x3f80).putShort((short) 0xc040);
        assertThat(Tensor.of(DType.BF16, Shape.of(2), brain.flip()).toFloats()).containsExactly(1f, -3f);
        assertThat(Tensor.of(DType.F64, Shape.of(), little(8).putDouble(0.1).flip())
                        .toFloats())
                .containsExactly(0.1f);
    }

    /** IEEE 754 binary16 by its definition: (−1)^s · 2^(e−15) · (1 + f/1024), or 2^−14 · f/1024 for e = 0. */
    @Test
    void agreesWithTheDefinitionForEveryFiniteHalf() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 31;
            double fraction = (bits & 1023) / 1024.0;
            double magnitude = exponent == 0 ? Math.scalb(fraction, -14) : Math.scalb(1 + fraction, exponent - 15);
            if (exponent < 31) {
                assertThat(HalfFloat.f16((short) bits))
                        .isEqualTo((float) ((bits & 0x8000) == 0 ? magnitude : -magnitude));
            } else {
                assertThat(Float.isNaN(HalfFloat.f16((short) bits))).isEqualTo(fraction != 0);
            }
        }
    }

    @Test
    void convertsIntegers() {
        assertThat(Tensor.of(new long[] {-1, 7}, 2).toLongs()).containsExactly(-1, 7);
        assertThat(Tensor.of(new byte[] {-1}, 1).toLongs()).containsExactly(255);
        assertThat(Tensor.of(new int[] {-5}, 1).toLongs()).containsExactly(-5);
    }

    @Test
    void refusesBytesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(new float[3], 2, 2))
                .withMessageContaining("16 bytes");
    }

    @Test
    void refusesTheWrongView() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Tensor.of(new long[1], 1).floats());
        assertThatIllegalStateException()
                .isThrownBy(() -> Tensor.of(new long[1], 1).toFloats());
        assertThatIllegalStateException()
                .isThrownBy(() -> Tensor.of(new float[1], 1).toLongs());
    }

    @Test
    void cannotBeWrittenThroughItsView() {
        Assertions.assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> Tensor.of(new float[1], 1).bytes().put((byte) 1));
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
