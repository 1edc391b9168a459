package io.wanstreams.bench.report;

import io.wanstreams.bench.measure.Machine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a program found.
 *
 * @param name of the program
 * @param machine where
 * @param command the line that repeats it
 * @param settings what was chosen, by option
 * @param rows the figures
 * @param target the figure that must hold
 */
public record Report(
        String name, Machine machine, String command, Map<String, String> settings, List<Row> rows, Target target) {

    public Report {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        rows = List.copyOf(rows);
    }

    /**
     * One line of the table: a kind of measurement.
     *
     * @param what is measured
     * @param unit of the figures
     * @param figures by name of the column, in order; the same columns in every row of a report
     */
    public record Row(String what, String unit, Map<String, Double> figures) {
        public Row {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        }
    }

    /**
     * The one figure that is promised.
     *
     * @param what is promised
     * @param found the figure
     * @param bound that it keeps
     * @param atLeast whether the bound is below it; else above
     */
    public record Target(String what, double found, double bound, boolean atLeast) {

        /** Whether the promise is kept. */
        public boolean isMet() {
            return atLeast ? found >= bound : found < bound;
        }
    }
}
