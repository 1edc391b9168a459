package io.wanstreams.bench.report;

import io.wanstreams.bench.report.Report.Row;
import io.wanstreams.bench.report.Report.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people. */
public final class TextReport {

    private TextReport() {}

    /** The report as lines, the last one says whether the promise is kept. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        text.append(report.name()).append('\n');
        text.append("  machine   ").append(report.machine()).append('\n');
        text.append("  command   ").append(report.command()).append('\n');
        report.settings()
                .forEach((name, value) ->
                        text.append("  ").append(pad(name, 10)).append(value).append('\n'));
        text.append('\n').append(table(report.rows())).append('\n');
        return text.append(verdict(report.target())).append('\n').toString();
    }

    private static String table(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("", "unit"));
        head.addAll(rows.get(0).figures().keySet());
        lines.add(head);
        for (Row row : rows) {
            List<String> line = new ArrayList<>(List.of(row.what(), row.unit()));
            row.figures().values().forEach(v -> line.add(figure(v)));
            lines.add(line);
        }
        int[] widths = new int[head.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(aligned(line, widths)).append('\n'));
        return text.toString();
    }

    private static String aligned(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(" ");
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - cells.get(i).length());
            line.append(' ').append(i < 2 ? cells.get(i) + space : space + cells.get(i));
        }
        return line.toString().stripTrailing();
    }

    private static String verdict(Target target) {
        return String.format(
                Locale.ROOT,
                "  %s: %s, %s %s is wanted: %s",
                target.what(),
                figure(target.found()),
                target.atLeast() ? "at least" : "below",
                figure(target.bound()),
                target.isMet() ? "met" : "MISSED");
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
