package io.wanstreams.inference.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The check values of transformer-and-text.md §5.2, steps 2 and 4. */
class TablesTest {
    @Test
    void embedsTimesteps() {
        float[] table = TimeTable.of(256, 0, 937);
        close(table[256], 0.692830613);
        close(table[256 + 1], 0.153432506);
        close(table[256 + 127], 0.994934968);
        close(table[256 + 128], 0.721100368);
        close(table[256 + 129], -0.988159130);
        close(table[256 + 255], 0.100520695);
        assertThat(table[0]).isEqualTo(1);
        assertThat(table[128]).isZero();
    }

    @Test
    void sharesPairsAmongTheAxes() {
        int columns = 9;
        int rows = 6;
        RotaryTables tables = RotaryTables.of(128, 4, rows, columns);
        int token = ((3 * rows + 5) * columns + 7) * 64;
        close(tables.cos()[token + 1], -0.392183);
        close(tables.sin()[token + 1], 0.919887);
        close(tables.cos()[token + 23], -0.996546);
        close(tables.sin()[token + 23], -0.083045);
        close(tables.cos()[token + 44], -0.196476);
        close(tables.sin()[token + 44], -0.980509);
    }

    /** 40 = 16 + 12 + 12: pair 8 is the first of height, pair 14 the first of width; both turn by the position itself. */
    @Test
    void givesTimeTheRestOfAnOddHead() {
        RotaryTables tables = RotaryTables.of(40, 1, 2, 3);
        int last = 5 * 20;
        close(tables.cos()[last + 7], 1);
        close(tables.cos()[last + 8], Math.cos(1));
        close(tables.cos()[last + 14], Math.cos(2));
    }

    private static void close(float found, double expected) {
        assertThat((double) found).isCloseTo(expected, within(6e-7));
    }
}
