package io.wanstreams.bench.network;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One pass with the runtime's profiler on. */
public final class Profile {

    private Profile() {}

    /** Runs a pass and says which operators take its time. */
    public static List<String> of(Checkpoint checkpoint, LatentShape latents) throws IOException {
        Path folder = Files.createTempDirectory("wan-bench-profile");
        try {
            SessionSettings settings = SessionSettings.defaults().profile(folder.resolve("pass"));
            try (Transformer transformer = Transformer.openHighNoise(checkpoint, Device.CPU, settings)) {
                DenoiseBench.Pass.of(checkpoint, latents).seconds(transformer);
            }
            return OperatorTimes.of(only(folder));
        } finally {
            Files.deleteIfExists(only(folder));
            Files.deleteIfExists(folder);
        }
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow(() -> new IOException("The runtime wrote no profile to " + folder));
        }
    }
}
