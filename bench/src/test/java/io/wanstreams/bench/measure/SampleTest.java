package io.wanstreams.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SampleTest {

    /** Rank p/100 * (n - 1), linear between neighbours: numpy.percentile([40, 15, 50, 35, 20], p). */
    @ParameterizedTest
    @CsvSource({"0,15", "25,20", "40,29", "50,35", "90,46", "99,49.6", "100,50"})
    void percentiles_are_numpys(double percent, double expected) {
        Sample sample = Sample.of(List.of(40.0, 15.0, 50.0, 35.0, 20.0));

        assertThat(sample.percentile(percent)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void median_of_an_even_number_lies_between_the_middle_two() {
        Sample sample = Sample.of(List.of(4.0, 1.0, 3.0, 2.0));

        assertThat(sample.median()).isEqualTo(2.5);
        assertThat(sample.min()).isEqualTo(1);
        assertThat(sample.max()).isEqualTo(4);
        assertThat(sample.size()).isEqualTo(4);
    }

    @Test
    void single_value_is_every_percentile() {
        Sample sample = Sample.of(List.of(7.0));

        assertThat(sample.percentile(1)).isEqualTo(7);
        assertThat(sample.percentile(99)).isEqualTo(7);
    }

    @Test
    void nothing_and_what_is_no_number_are_refused() {
        assertThatThrownBy(() -> Sample.of(List.of())).hasMessageContaining("at least one value");
        assertThatThrownBy(() -> Sample.of(List.of(1.0, Double.NaN))).hasMessageContaining("finite");
        assertThatThrownBy(() -> Sample.of(List.of(1.0)).percentile(101)).hasMessageContaining("found 101");
    }
}
