package io.wanstreams.bench;

import io.wanstreams.bench.load.LoadBench;
import io.wanstreams.bench.load.LogBench;
import io.wanstreams.bench.measure.Machine;
import io.wanstreams.bench.report.Report;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many jobs. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Queues many jobs at once for real workers whose stage does nothing, "
                + "then starts workers beside a short and a long job log.")
final class LoadCommand implements Callable<Integer> {

    private static final int FEW = 100;

    @Mixin
    private BrokerChoice broker = new BrokerChoice();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--workers", description = "Workers of the pool; default ${DEFAULT-VALUE}.")
    private int workers = 8;

    @Option(names = "--jobs", description = "Jobs that are queued at once; default ${DEFAULT-VALUE}.")
    private int jobs = 1_000;

    @Option(names = "--log-jobs", description = "Jobs in the long log; default ${DEFAULT-VALUE}.")
    private int logJobs = 100_000;

    @Option(names = "--rounds", description = "Workers started beside each log; default ${DEFAULT-VALUE}.")
    private int rounds = 10;

    @Override
    public Integer call() throws Exception {
        Limits.check("--workers", workers, 1, 64);
        Limits.check("--jobs", jobs, 2 * workers, 100_000);
        Limits.check("--log-jobs", logJobs, FEW, 1_000_000);
        Limits.check("--rounds", rounds, 1, 1_000);
        String command = "./wan bench load --workers " + workers + " --jobs " + jobs + " --log-jobs " + logJobs
                + " --rounds " + rounds + broker.asOption();
        LoadBench load = broker.use(servers -> LoadBench.run(servers, workers, jobs));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("broker", broker.toString());
        settings.put("workers", Integer.toString(workers));
        settings.put("jobs", jobs + " queued at once, all finished");
        settings.put("rate", String.format(Locale.ROOT, "%.1f jobs/s", load.jobsPerSecond()));
        int first = report.print(new Report("load", Machine.here(), command, settings, load.rows(), load.target()));
        LogBench log = broker.use(servers -> LogBench.run(servers, FEW, logJobs, rounds));
        Map<String, String> beside = new LinkedHashMap<>();
        beside.put("broker", broker.toString());
        beside.put("rounds", Integer.toString(rounds));
        int second =
                report.print(new Report("load, long log", Machine.here(), command, beside, log.rows(), log.target()));
        return Math.max(first, second);
    }
}
