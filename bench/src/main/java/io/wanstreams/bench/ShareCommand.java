package io.wanstreams.bench;

import io.wanstreams.bench.load.ShareBench;
import io.wanstreams.bench.measure.Machine;
import io.wanstreams.bench.report.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Idle time of a pool. */
@Command(
        name = "share",
        mixinStandardHelpOptions = true,
        description = "Queues jobs of 1.5 to 7.5 s for real workers whose stage waits, and looks for idle time; "
                + "then sends lone jobs to the idle pool.")
final class ShareCommand implements Callable<Integer> {

    @Mixin
    private BrokerChoice broker = new BrokerChoice();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--workers", description = "Workers of the pool; default ${DEFAULT-VALUE}.")
    private int workers = 4;

    @Option(names = "--jobs", description = "Jobs that are queued; default ${DEFAULT-VALUE}.")
    private int jobs = 40;

    @Option(names = "--lone", description = "Lone jobs afterwards; default ${DEFAULT-VALUE}.")
    private int lone = 30;

    @Override
    public Integer call() throws Exception {
        Limits.check("--workers", workers, 1, 64);
        Limits.check("--jobs", jobs, 3 * workers, 100_000);
        Limits.check("--lone", lone, 1, 10_000);
        ShareBench bench = broker.use(servers -> ShareBench.run(servers, workers, jobs, lone));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("broker", broker.toString());
        settings.put("workers", Integer.toString(workers));
        settings.put("jobs", jobs + " queued, then " + lone + " one at a time");
        String command =
                "./wan bench share --workers " + workers + " --jobs " + jobs + " --lone " + lone + broker.asOption();
        int busy =
                report.print(new Report("share", Machine.here(), command, settings, bench.rows(), bench.idleTarget()));
        int idle = report.print(
                new Report("share, lone", Machine.here(), command, settings, bench.rows(), bench.startTarget()));
        return Math.max(busy, idle);
    }
}
