package io.wanstreams.inference.umt5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RelativeBucketsTest {
    /** The first distance of every wide bucket: the integer table of transformer-and-text.md §3.3. */
    @Test
    void startsWideBucketsWhereTheReferenceDoes() {
        RelativeBuckets buckets = new RelativeBuckets(32, 128);
        int[] first = {8, 12, 16, 23, 32, 46, 64, 91};
        for (int i = 0; i < first.length; i++) {
            assertThat(buckets.of(-first[i])).isEqualTo(8 + i);
            assertThat(buckets.of(1 - first[i])).isEqualTo(7 + i);
        }
        assertThat(buckets.of(-10_000)).isEqualTo(15);
    }

    @Test
    void tellsKeysBehindTheQueryFromThoseBefore() {
        RelativeBuckets buckets = new RelativeBuckets(32, 128);
        assertThat(buckets.of(0)).isZero();
        assertThat(buckets.of(3)).isEqualTo(19);
        assertThat(buckets.of(-3)).isEqualTo(3);
        assertThat(buckets.table(2)).containsExactly(0, 17, 1, 0);
    }

    /** e = 2, half = 4: 2, 3 distances exact to 1, then ln(m/2)/ln(10/2)·2 rounded down, at most 3. */
    @Test
    void followsTheFormulaForOtherSizes() {
        RelativeBuckets buckets = new RelativeBuckets(8, 10);
        for (int distance = 2; distance < 40; distance++) {
            int expected = (int) Math.min(3, 2 + Math.floor(Math.log(distance / 2.0) / Math.log(5) * 2));
            assertThat(buckets.of(-distance)).as("distance %d", distance).isEqualTo(expected);
        }
    }
}
