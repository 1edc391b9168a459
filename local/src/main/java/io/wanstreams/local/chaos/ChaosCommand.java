package io.wanstreams.local.chaos;

import io.wanstreams.cli.Terminal;
import io.wanstreams.cli.client.OneSentence;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.contracts.request.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./wan chaos}: kill everything, by a schedule, and see that no job minds. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts broker and services as processes, kills, stops and freezes them by a schedule that the seed decides, disturbs",
            "the network between them, repeats, cancels and poisons requests, makes every process die at every named crash point,",
            "waits until all is quiet, and looks at every job (as ./wan verify does). Exit code 0 when nothing was lost or doubled."
        })
public final class ChaosCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "3",
            description = "How long faults go on. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "24",
            description = "How many videos are asked for. Default: ${DEFAULT-VALUE}.")
    private int jobs;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where broker data and the processes' logs go, a new directory. Default: one of its own below .wan/chaos.")
    private @Nullable Path data;

    private final Path root;
    private final Path model;
    private final String modelName;
    private final Terminal terminal;

    /** For the checkout at {@code root}, with a model that is small enough to be made again and again. */
    public ChaosCommand(Path root, Path model, String modelName, Terminal terminal) {
        this.root = root;
        this.model = model;
        this.modelName = modelName;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration length = Duration.ofMillis(Math.round(minutes * 60_000));
        try {
            ChaosSettings settings =
                    new ChaosSettings(seed, length, jobs, directory(), root, model, Duration.ofMinutes(5));
            terminal.out()
                    .println("Chaos with seed " + seed + " for " + length.toSeconds() + " s, logs in "
                            + settings.data().resolve("logs"));
            return new ChaosRun(settings, ProfileReader.read(modelName, model), terminal.out()).run() ? 0 : FAILED;
        } catch (IllegalArgumentException e) {
            throw new VideosException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new VideosException("Cannot write the run's data: " + OneSentence.of(e), e);
        }
    }

    private Path directory() throws IOException {
        if (data != null) {
            return data.toAbsolutePath();
        }
        Path runs = root.resolve(".wan/chaos");
        Files.createDirectories(runs);
        return Files.createTempDirectory(runs, "seed-" + seed + "-");
    }
}
