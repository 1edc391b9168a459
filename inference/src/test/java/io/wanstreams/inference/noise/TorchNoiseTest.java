package io.wanstreams.inference.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanstreams.inference.GoldenCase;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Scanner;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TorchNoiseTest {

    private static final Offset<Float> TOLERANCE = within(1e-6f);

    /** randn.txt says which torch printed it. It has both ways, odd tails, and seeds beyond 32 bits. */
    @Test
    void valuesAreThoseThatTorchPrinted() {
        Scanner lines = new Scanner(
                Objects.requireNonNull(getClass().getResourceAsStream("randn.txt")), StandardCharsets.UTF_8);
        lines.nextLine();
        while (lines.hasNextLine()) {
            String[] words = lines.nextLine().split(" ");
            float[] values = TorchNoise.randn(Long.parseLong(words[0]), Integer.parseInt(words[1]));
            assertThat(values).hasSize(words.length - 2);
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i])
                        .as("seed %s, value %d of %s", words[0], i, words[1])
                        .isCloseTo(Float.parseFloat(words[i + 2]), TOLERANCE);
            }
        }
    }

    /** Printed by the same torch for seed 1234: the state is renewed after 624 draws, the tail is drawn again. */
    @Test
    void aLongRowIsRightToItsEnd() {
        float[] values = TorchNoise.randn(1234, 100_003);
        assertThat(values[0]).isCloseTo(-0.111718565f, TOLERANCE);
        assertThat(values[623]).isCloseTo(0.36403346f, TOLERANCE);
        assertThat(values[624]).isCloseTo(-0.3623323f, TOLERANCE);
        assertThat(values[50_000]).isCloseTo(1.8074027f, TOLERANCE);
        assertThat(values[99_986]).isCloseTo(1.1382884f, TOLERANCE);
        assertThat(values[99_987]).isCloseTo(0.9990521f, TOLERANCE);
        assertThat(values[100_002]).isCloseTo(1.8145392f, TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("io.wanstreams.inference.GoldenCase#all")
    void theFirstLatentsAreThoseOfTheReference(GoldenCase golden) {
        float[] expected = golden.floats("noise");
        float[] found = TorchNoise.randn(golden.settings().get("seed").longValue(), expected.length);
        assertThat(found).containsExactly(expected, TOLERANCE);
    }

    @Test
    void noValuesAreNoValues() {
        assertThat(TorchNoise.randn(1, 0)).isEmpty();
        assertThatThrownBy(() -> TorchNoise.randn(1, -1)).hasMessageContaining("found -1");
    }
}
