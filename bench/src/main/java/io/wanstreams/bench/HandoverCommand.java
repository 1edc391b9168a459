package io.wanstreams.bench;

import io.wanstreams.bench.handover.HandoverBench;
import io.wanstreams.bench.measure.Machine;
import io.wanstreams.bench.report.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The gap between two stages. */
@Command(
        name = "handover",
        mixinStandardHelpOptions = true,
        description = "Sends jobs through real workers whose stages do nothing, one job at a time. "
                + "A broker given with --bootstrap must not be one that Wan Streams works on.")
final class HandoverCommand implements Callable<Integer> {

    @Mixin
    private BrokerChoice broker = new BrokerChoice();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--jobs", description = "Jobs that count, three hand-overs each; default ${DEFAULT-VALUE}.")
    private int jobs = 100;

    @Option(names = "--warmups", description = "Jobs before those; default ${DEFAULT-VALUE}.")
    private int warmups = 20;

    @Override
    public Integer call() throws Exception {
        Limits.check("--jobs", jobs, 1, 100_000);
        Limits.check("--warmups", warmups, 0, 10_000);
        HandoverBench bench = broker.use(servers -> HandoverBench.run(servers, warmups, jobs));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("broker", broker.toString());
        settings.put("jobs", jobs + " after " + warmups + " for warming up, one at a time");
        settings.put("hand-overs", Integer.toString(bench.handovers()));
        return report.print(new Report(
                "handover",
                Machine.here(),
                "./wan bench handover --jobs " + jobs + " --warmups " + warmups + broker.asOption(),
                settings,
                bench.rows(),
                bench.target()));
    }
}
