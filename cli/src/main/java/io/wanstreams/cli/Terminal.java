package io.wanstreams.cli;

import java.io.PrintStream;

/**
 * Where the commands print.
 *
 * @param out for results and progress
 * @param columns of the terminal that {@code out} is; 0 when it is a file or a pipe
 */
public record Terminal(PrintStream out, int columns) {

    /** Set by the start script, which knows. */
    private static final String COLUMNS = "wanstreams.terminal.columns";

    private static final int COLUMNS_LIMIT = 1000;

    public Terminal {
        if (columns < 0 || columns > COLUMNS_LIMIT) {
            throw new IllegalArgumentException("A terminal has 0 to " + COLUMNS_LIMIT + " columns, found " + columns);
        }
    }

    public static Terminal ofProcess() {
        return new Terminal(System.out, Math.max(0, Math.min(COLUMNS_LIMIT, Integer.getInteger(COLUMNS, 0))));
    }
}
