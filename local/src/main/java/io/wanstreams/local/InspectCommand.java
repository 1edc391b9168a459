package io.wanstreams.local;

import io.wanstreams.cli.Terminal;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.contracts.request.ModelDefaults;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.checkpoint.Processor;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./wan inspect DIR}: what a checkpoint is, and whether this machine can run it. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says what a checkpoint is: networks, sizes, element types, files; what each stage needs in memory for a",
            "video of a size, and whether this machine can run it. Reads configs and headers only."
        })
final class InspectCommand implements Runnable {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[xX*](\\d{1,5})");

    @Parameters(paramLabel = "DIR", description = "Checkpoint directory in Diffusers' layout.")
    private Path directory = Path.of("");

    @Option(names = "--size", paramLabel = "WxH", description = "Default: the model's.")
    private @Nullable String size;

    @Option(names = "--frames", paramLabel = "N", description = "Default: the model's.")
    private @Nullable Integer frames;

    @Option(
            names = "--precision",
            paramLabel = "auto|fp32|int8",
            defaultValue = "auto",
            description = "What transformers compute in. Default: ${DEFAULT-VALUE}, as the other commands.")
    private String precision = "auto";

    private final Terminal terminal;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        ModelProfile profile = ModelCheck.read(ModelName.of(directory), directory);
        Inspection inspection = new Inspection(Checkpoint.open(directory), profile, precision(), video(profile));
        inspection.lines().forEach(terminal.out()::println);
        terminal.out().flush();
    }

    private Precision precision() {
        try {
            Precision parsed = Precision.parse(precision);
            parsed.effective(0, Processor.ofThisMachine());
            return parsed;
        } catch (IllegalArgumentException e) {
            throw new VideosException("--precision: " + e.getMessage(), e);
        }
    }

    private Inspection.Video video(ModelProfile profile) {
        ModelDefaults defaults = profile.defaults(profile.preset());
        int count = frames == null ? defaults.numFrames() : frames;
        if (size == null) {
            return fitting(profile, defaults.width(), defaults.height(), count);
        }
        Matcher edges = SIZE.matcher(size);
        if (!edges.matches()) {
            throw new VideosException("--size is WIDTHxHEIGHT, such as 832x480, found " + size);
        }
        return fitting(profile, Integer.parseInt(edges.group(1)), Integer.parseInt(edges.group(2)), count);
    }

    private static Inspection.Video fitting(ModelProfile profile, int width, int height, int frames) {
        int multiple = profile.sizeMultiple();
        if (width < multiple || height < multiple || width % multiple != 0 || height % multiple != 0) {
            throw new VideosException(
                    "Width and height are multiples of " + multiple + " for this model, found " + width + "x" + height);
        }
        if (frames < 1 || (frames - 1) % profile.temporalStride() != 0) {
            throw new VideosException("The number of frames is 1 more than a multiple of " + profile.temporalStride()
                    + " for this model, found " + frames);
        }
        return new Inspection.Video(width, height, frames);
    }
}
