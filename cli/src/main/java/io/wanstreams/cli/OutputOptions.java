package io.wanstreams.cli;

import io.wanstreams.cli.client.OneSentence;
import io.wanstreams.cli.client.VideosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the results go. */
final class OutputOptions {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "wan.mp4",
            description = "The video, MP4. An existing file is replaced. Default: ${DEFAULT-VALUE}.")
    Path video = Path.of("wan.mp4");

    @Option(
            names = "--save-latents",
            paramLabel = "FILE",
            description =
                    "Also keep the final latents: safetensors, tensor 'latents' [channels, frames, height, width], float32.")
    @Nullable
    Path latents;

    @Option(
            names = "--save-frames",
            paramLabel = "FILE",
            description =
                    "Also keep the frames as decoded: safetensors, tensor 'frames' [frames, height, width, 3], uint8.")
    @Nullable
    Path frames;

    /** Finds out before minutes of work that a file cannot be written. */
    void check() {
        check(video);
        if (latents != null) {
            check(latents);
        }
        if (frames != null) {
            check(frames);
        }
    }

    private static void check(Path file) {
        if (Files.isDirectory(file)) {
            throw new VideosException("Cannot write " + file + ": it is a directory; name a file");
        }
        Path directory = file.toAbsolutePath().getParent();
        try {
            if (directory == null || !Files.isDirectory(directory)) {
                throw new VideosException("Cannot write " + file + ": the directory does not exist");
            }
            Files.delete(Files.createTempFile(directory, ".wan", ".part"));
        } catch (IOException e) {
            throw new VideosException("Cannot write " + file + ": " + OneSentence.of(e), e);
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new VideosException("Cannot write " + file + ": no permission");
        }
    }
}
