package io.wanstreams.bench;

import io.wanstreams.bench.measure.Machine;
import io.wanstreams.bench.pipeline.LocalSystem;
import io.wanstreams.bench.pipeline.PipelineBench;
import io.wanstreams.bench.report.Report;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the pipeline adds to the models' time. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = "Makes a video again and again and looks at what is not the models' time.")
final class PipelineCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--url", description = "A running gateway; default: ./wan up with a data directory of its own.")
    private @Nullable URI url;

    @Option(names = "--runs", description = "Videos that count; default ${DEFAULT-VALUE}.")
    private int runs = 20;

    @Option(names = "--warmups", description = "Videos before those; default ${DEFAULT-VALUE}.")
    private int warmups = 1;

    @Option(names = "--prompt", description = "Default: ${DEFAULT-VALUE}")
    private String prompt = "a red ball bouncing on a green field";

    @Option(names = "--size", paramLabel = "WxH", description = "Default: the model's.")
    private @Nullable String size;

    @Option(names = "--frames", description = "Default: the model's.")
    private @Nullable Integer frames;

    @Option(names = "--steps", description = "Default: the model's.")
    private @Nullable Integer steps;

    @Option(names = "--patience", paramLabel = "SECONDS", description = "For one video; default ${DEFAULT-VALUE} s.")
    private int patienceSeconds = 600;

    @Override
    public Integer call() throws Exception {
        Limits.check("--runs", runs, 1, 10_000);
        Limits.check("--warmups", warmups, 0, 1_000);
        Limits.check("--patience", patienceSeconds, 1, 86_400);
        if (url != null) {
            return measure(url);
        }
        try (LocalSystem system = LocalSystem.start(Path.of(System.getProperty("wan.root", ".")))) {
            return measure(system.url());
        }
    }

    private int measure(URI gateway) throws Exception {
        PipelineBench bench = PipelineBench.run(gateway, request(), Duration.ofSeconds(patienceSeconds), warmups, runs);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("gateway", url == null ? "./wan up, for this run" : url.toString());
        request().forEach((name, value) -> settings.put(name, value.toString()));
        settings.put("runs", runs + " after " + warmups + " for warming up");
        return report.print(new Report("pipeline", Machine.here(), command(), settings, bench.rows(), bench.target()));
    }

    private Map<String, Object> request() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("prompt", prompt);
        putIfGiven(request, "size", size);
        putIfGiven(request, "num_frames", frames);
        putIfGiven(request, "num_inference_steps", steps);
        return request;
    }

    private String command() {
        return "./wan bench pipeline --runs " + runs + " --warmups " + warmups
                + option("--url", url)
                + option("--size", size)
                + option("--frames", frames)
                + option("--steps", steps);
    }

    private static String option(String name, @Nullable Object value) {
        return value == null ? "" : " " + name + " " + value;
    }

    private static void putIfGiven(Map<String, Object> request, String field, @Nullable Object value) {
        if (value != null) {
            request.put(field, value);
        }
    }
}
