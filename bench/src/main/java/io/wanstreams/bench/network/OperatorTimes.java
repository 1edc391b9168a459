package io.wanstreams.bench.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The runtime's own account of a run: how long the nodes of each operator took. */
final class OperatorTimes {

    private static final String NODE_END = "_kernel_time";

    private OperatorTimes() {}

    /** Lines, longest first: operator, share, milliseconds, nodes. */
    static List<String> of(Path trace) throws IOException {
        Map<String, long[]> byOperator = new HashMap<>();
        long all = 0;
        for (JsonNode event : new ObjectMapper().readTree(trace.toFile())) {
            if (event.path("name").asText().endsWith(NODE_END)) {
                long micros = event.path("dur").asLong();
                long[] sums = byOperator.computeIfAbsent(
                        event.path("args").path("op_name").asText("?"), unused -> new long[2]);
                sums[0] += micros;
                sums[1]++;
                all += micros;
            }
        }
        double total = Math.max(1, all);
        return byOperator.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue()[0]))
                .map(entry -> String.format(
                        Locale.ROOT,
                        "  %-26s %5.1f %%  %9.1f ms  %5d nodes",
                        entry.getKey(),
                        100 * entry.getValue()[0] / total,
                        entry.getValue()[0] / 1000.0,
                        entry.getValue()[1]))
                .toList();
    }
}
