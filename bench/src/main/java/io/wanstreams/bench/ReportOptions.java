package io.wanstreams.bench;

import io.wanstreams.bench.report.JsonReport;
import io.wanstreams.bench.report.Report;
import io.wanstreams.bench.report.TextReport;
import picocli.CommandLine.Option;

/** How a program says what it found. */
final class ReportOptions {

    @Option(names = "--json", description = "Print the report as one line of JSON.")
    private boolean json;

    /** Whether the output is for machines. */
    boolean isJson() {
        return json;
    }

    /** Prints the report; the exit code says whether the promise is kept. */
    int print(Report report) {
        System.out.println(json ? JsonReport.of(report) : TextReport.of(report));
        return report.target().isMet() ? 0 : Main.MISSED;
    }
}
