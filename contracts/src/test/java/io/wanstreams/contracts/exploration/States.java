package io.wanstreams.contracts.exploration;

import java.util.Arrays;

/** The states met so far, in order, each with the one it was met from; millions of them in little memory. */
final class States {

    private static final int PAGE_BITS = 16;
    private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

    private long[][] high = new long[16][];
    private long[][] low = new long[16][];
    private int[][] from = new int[16][];
    private int[] table = new int[1 << 12];
    private int size;

    int size() {
        return size;
    }

    State get(int index) {
        return State.of(high(index), low(index));
    }

    int from(int index) {
        return from[index >> PAGE_BITS][index & PAGE_MASK];
    }

    /** Adds a state unless it is there. */
    void add(State state, int metFrom) {
        long stateHigh = state.high();
        long stateLow = state.low();
        int slot = slot(stateHigh, stateLow);
        if (table[slot] != 0) {
            return;
        }
        int page = size >> PAGE_BITS;
        if ((size & PAGE_MASK) == 0) {
            addPage(page);
        }
        high[page][size & PAGE_MASK] = stateHigh;
        low[page][size & PAGE_MASK] = stateLow;
        from[page][size & PAGE_MASK] = metFrom;
        size++;
        table[slot] = size;
        if (size > table.length / 4 * 3) {
            rehash();
        }
    }

    private void addPage(int page) {
        if (page == high.length) {
            high = Arrays.copyOf(high, page * 2);
            low = Arrays.copyOf(low, page * 2);
            from = Arrays.copyOf(from, page * 2);
        }
        high[page] = new long[1 << PAGE_BITS];
        low[page] = new long[1 << PAGE_BITS];
        from[page] = new int[1 << PAGE_BITS];
    }

    private long high(int index) {
        return high[index >> PAGE_BITS][index & PAGE_MASK];
    }

    private long low(int index) {
        return low[index >> PAGE_BITS][index & PAGE_MASK];
    }

    /** Where the state stands in the table, or the free place where it would. */
    private int slot(long stateHigh, long stateLow) {
        long hash = ((stateHigh * 0x9e3779b97f4a7c15L) ^ stateLow) * 0xc2b2ae3d27d4eb4fL;
        int slot = (int) (hash ^ (hash >>> 29)) & (table.length - 1);
        while (table[slot] != 0 && (high(table[slot] - 1) != stateHigh || low(table[slot] - 1) != stateLow)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private void rehash() {
        table = new int[table.length * 2];
        for (int index = 0; index < size; index++) {
            table[slot(high(index), low(index))] = index + 1;
        }
    }
}
