package io.wanstreams.bench;

import io.wanstreams.bench.measure.Machine;
import io.wanstreams.bench.network.RandomCheckpoint;
import io.wanstreams.bench.network.TransformerSizes;
import io.wanstreams.bench.network.WeightsBench;
import io.wanstreams.bench.report.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a large checkpoint takes to load, and what it costs a second process. */
@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        description = "Loads a checkpoint of F32 zeros in two processes, each with a small heap, and runs it once.")
final class WeightsCommand implements Callable<Integer> {

    private static final int WIDTH = 1536;
    private static final int HEADS = 12;
    private static final int FEED_FORWARD = 8960;

    /** Of one layer of these widths: eight square matrices and two of the feed-forward layer, F32. */
    private static final double GIGABYTES_PER_LAYER = 4e-9 * (8.0 * WIDTH * WIDTH + 2.0 * WIDTH * FEED_FORWARD);

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--gigabytes", description = "At least, 10^9 bytes; default ${DEFAULT-VALUE}.")
    private int gigabytes = 4;

    @Option(names = "--heap", paramLabel = "MB", description = "Heap of each process; default ${DEFAULT-VALUE}.")
    private int heapMegabytes = 300;

    @Override
    public Integer call() throws Exception {
        Limits.check("--gigabytes", gigabytes, 1, 1_000);
        Limits.check("--heap", heapMegabytes, 32, 100_000);
        int layers = (int) Math.ceil(gigabytes / GIGABYTES_PER_LAYER);
        TransformerSizes sizes = new TransformerSizes(WIDTH, HEADS, FEED_FORWARD, layers);
        try (RandomCheckpoint model = sizes.make(true)) {
            WeightsBench bench = WeightsBench.run(model, heapMegabytes);
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("model", sizes + " of zeros, a file with holes");
            settings.put("heap", heapMegabytes + " MB each");
            return report.print(new Report(
                    "weights",
                    Machine.here(),
                    "./wan bench weights --gigabytes " + gigabytes + " --heap " + heapMegabytes,
                    settings,
                    bench.rows(),
                    bench.target()));
        }
    }
}
