package io.wanstreams.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./wan generate}: any model, any option. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a video from a prompt, with any checkpoint of the family or on a running system.",
        footer = {
            "",
            "Examples:",
            "  ./wan generate \"a blue star rising over the sea\" -o star.mp4 --steps 12 --seed 7",
            "  ./wan generate --model ~/models/Wan2.2-T2V-A14B-Diffusers --preset diffusers \"a cat boxing\"",
            "  ./wan generate --url http://localhost:8080 --subject \"a red ball\" --action bouncing --environment \"on a field\""
        })
final class GenerateCommand implements Runnable {

    @Mixin
    private final RequestOptions request = new RequestOptions();

    @Option(
            names = "--noise",
            paramLabel = "FILE",
            description = "Initial noise instead of one drawn from the seed: safetensors, tensor 'latents' "
                    + "[channels, frames, height, width], float32.")
    private @Nullable Path noise;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final SystemOptions system = new SystemOptions();

    private final SystemStarter starter;
    private final Terminal terminal;

    GenerateCommand(SystemStarter starter, Terminal terminal) {
        this.starter = starter;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        new Generation(request, output, system, noise, terminal).run(starter);
    }
}
