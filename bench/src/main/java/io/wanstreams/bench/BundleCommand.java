package io.wanstreams.bench;

import io.wanstreams.bench.bundle.BundleBench;
import io.wanstreams.bench.measure.Machine;
import io.wanstreams.bench.report.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A bundle's round trip. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = "Carries a bundle through Kafka and the same bytes through bare clients, in turns.")
final class BundleCommand implements Callable<Integer> {

    private static final int BYTES_PER_MEGABYTE = 1_000_000;
    private static final int MEGABYTES_LIMIT = 1_000;

    @Mixin
    private BrokerChoice broker = new BrokerChoice();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--megabytes", description = "Size of the bundle, 10^6 bytes; default ${DEFAULT-VALUE}.")
    private int megabytes = 42;

    @Option(names = "--rounds", description = "Rounds that count, both ways in each; default ${DEFAULT-VALUE}.")
    private int rounds = 21;

    @Option(names = "--warmups", description = "Rounds before those; default ${DEFAULT-VALUE}.")
    private int warmups = 4;

    @Override
    public Integer call() throws Exception {
        Limits.check("--megabytes", megabytes, 1, MEGABYTES_LIMIT);
        Limits.check("--rounds", rounds, 1, 1_000);
        Limits.check("--warmups", warmups, 0, 1_000);
        BundleBench bench =
                broker.use(servers -> BundleBench.run(servers, megabytes * BYTES_PER_MEGABYTE, warmups, rounds));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("broker", broker.toString());
        settings.put("bundle", megabytes + " MB of noise");
        settings.put("rounds", rounds + " after " + warmups + " for warming up");
        return report.print(new Report(
                "bundle",
                Machine.here(),
                "./wan bench bundle --megabytes " + megabytes + " --rounds " + rounds + " --warmups " + warmups
                        + broker.asOption(),
                settings,
                bench.rows(),
                bench.target()));
    }
}
