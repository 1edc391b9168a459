package io.wanstreams.bench;

import io.wanstreams.bench.measure.Machine;
import io.wanstreams.bench.network.RandomCheckpoint;
import io.wanstreams.bench.network.VaeBench;
import io.wanstreams.bench.report.Report;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast latents become frames, and that memory does not grow with their number. */
@Command(
        name = "vae",
        mixinStandardHelpOptions = true,
        description = "Decodes a short and a long video with a VAE of the published size and random weights.")
final class VaeCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--size", paramLabel = "WxH", description = "Of the video; default ${DEFAULT-VALUE}.")
    private String size = "160x96";

    @Option(names = "--frames", split = ",", description = "Lengths, short ones first; default ${DEFAULT-VALUE}.")
    private List<Integer> frames = List.of(17, 81);

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Use the VAE of this directory instead of a random one.")
    private @Nullable Path checkpoint;

    @Override
    public Integer call() throws Exception {
        for (int count : frames) {
            Limits.check("--frames", count, 1, 10_000);
        }
        VideoSize video = VideoSize.parse(size);
        try (RandomCheckpoint model = checkpoint == null ? VaeBench.model() : RandomCheckpoint.existing(checkpoint)) {
            VaeBench bench = VaeBench.run(model.open(), video.height(), video.width(), frames);
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put(
                    "model", checkpoint == null ? "VAE of the A14B models, random numbers" : checkpoint.toString());
            settings.put("video", size);
            String command = "./wan bench vae --size " + size + " --frames "
                    + String.join(",", frames.stream().map(Object::toString).toList())
                    + (checkpoint == null ? "" : " --checkpoint " + checkpoint);
            return report.print(new Report("vae", Machine.here(), command, settings, bench.rows(), bench.target()));
        }
    }
}
