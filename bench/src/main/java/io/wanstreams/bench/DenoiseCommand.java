package io.wanstreams.bench;

import io.wanstreams.bench.measure.Machine;
import io.wanstreams.bench.network.DenoiseBench;
import io.wanstreams.bench.network.Profile;
import io.wanstreams.bench.network.RandomCheckpoint;
import io.wanstreams.bench.network.TransformerSizes;
import io.wanstreams.bench.report.Report;
import io.wanstreams.inference.transformer.LatentShape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How close a transformer comes to what this machine's matrix products reach. */
@Command(
        name = "denoise",
        mixinStandardHelpOptions = true,
        description = "Makes a random transformer and measures its passes, in turns with bare matrix products.")
final class DenoiseCommand implements Callable<Integer> {

    private static final int SPATIAL_STRIDE = 8;
    private static final int TEMPORAL_STRIDE = 4;

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--width", description = "Of the residual stream; default ${DEFAULT-VALUE}.")
    private int width = 1536;

    @Option(names = "--heads", description = "Default ${DEFAULT-VALUE}.")
    private int heads = 12;

    @Option(names = "--feed-forward", description = "Default ${DEFAULT-VALUE}.")
    private int feedForward = 8960;

    @Option(names = "--layers", description = "Default ${DEFAULT-VALUE}.")
    private int layers = 6;

    @Option(names = "--size", paramLabel = "WxH", description = "Of the video; default ${DEFAULT-VALUE}.")
    private String size = "480x320";

    @Option(names = "--frames", description = "Of the video; default ${DEFAULT-VALUE}.")
    private int frames = 17;

    @Option(names = "--rounds", description = "Rounds that count; default ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--warmups", description = "Rounds before those; default ${DEFAULT-VALUE}.")
    private int warmups = 1;

    @Option(names = "--profile", description = "Say which operators take the time even where nothing is missed.")
    private boolean profile;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Use the transformer of this directory instead of a random one.")
    private @Nullable Path checkpoint;

    @Option(names = "--make", description = "Only make the random checkpoint, print its directory, and leave it there.")
    private boolean make;

    @Override
    public Integer call() throws Exception {
        Limits.check("--rounds", rounds, 1, 1_000);
        Limits.check("--warmups", warmups, 0, 1_000);
        Limits.check("--frames", frames, 1, 10_000);
        Limits.check("--layers", layers, 1, 1_000);
        if (make) {
            System.out.println(sizes().make(false).directory());
            return 0;
        }
        try (RandomCheckpoint model =
                checkpoint == null ? sizes().make(false) : RandomCheckpoint.existing(checkpoint)) {
            return measure(model);
        }
    }

    private TransformerSizes sizes() {
        return new TransformerSizes(width, heads, feedForward, layers);
    }

    private int measure(RandomCheckpoint model) throws Exception {
        VideoSize video = VideoSize.parse(size);
        LatentShape latents = new LatentShape(
                model.open().transformer().inChannels(),
                (frames - 1) / TEMPORAL_STRIDE + 1,
                video.height() / SPATIAL_STRIDE,
                video.width() / SPATIAL_STRIDE);
        DenoiseBench bench = DenoiseBench.run(model.open(), latents, warmups, rounds);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("model", checkpoint == null ? sizes() + " of random numbers" : checkpoint.toString());
        settings.put("video", size + ", " + frames + " frames: latents " + latents);
        settings.put("rounds", rounds + " after " + warmups + " for warming up");
        int code =
                report.print(new Report("denoise", Machine.here(), command(), settings, bench.rows(), bench.target()));
        if ((profile || code != 0) && !report.isJson()) {
            System.out.println("  where a pass's time goes:");
            Profile.of(model.open(), latents).forEach(System.out::println);
        }
        return code;
    }

    private String command() {
        String model = checkpoint == null
                ? " --width " + width + " --heads " + heads + " --feed-forward " + feedForward + " --layers " + layers
                : " --checkpoint " + checkpoint;
        return "./wan bench denoise" + model + " --size " + size + " --frames " + frames + " --rounds " + rounds
                + " --warmups " + warmups;
    }
}
