package io.wanstreams.cli.pictures;

import io.wanstreams.cli.ModelChanges;
import io.wanstreams.cli.SystemStarter;
import io.wanstreams.cli.SystemStarter.RunningSystem;
import io.wanstreams.cli.Terminal;
import io.wanstreams.cli.client.JobFollower;
import io.wanstreams.cli.client.OneSentence;
import io.wanstreams.cli.client.Submission;
import io.wanstreams.cli.client.Variant;
import io.wanstreams.cli.client.Video;
import io.wanstreams.cli.client.VideosClient;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.cli.clip.ClipReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./wan pictures}: makes the test videos of a model's world and holds their rates against the model's card. */
@Command(
        name = "pictures",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes videos of ten prompts, three seeds each, and scores them: is a thing of the asked colour in front,"
                    + " and does it move as asked?",
            "Fails when a rate is below the one that the model's card promises. Moving right, left, up, down,"
                    + " bouncing, swinging, circling, growing and shrinking can be told; spinning cannot."
        })
public final class PicturesCommand implements Runnable {

    private static final int SCORED_SIDE_PIXELS = 128;
    private static final int PROMPTS_LIMIT = PicturePrompt.DEMO_WORLD.size();

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of the ten prompts, 1 to 10. Default: ${DEFAULT-VALUE}.")
    private int prompts = PROMPTS_LIMIT;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Videos per prompt, 1 to 100; seeds are 1, 2, … Default: ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the videos in this directory.")
    private @Nullable Path keep;

    @Option(
            names = "--card",
            paramLabel = "FILE",
            description = "JSON with the promised rates, measured.colour and measured.direction. Default: the model's"
                    + " card.json.")
    private @Nullable Path card;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Checkpoint directory that has a card.json. Default: the demo model.")
    private @Nullable Path model;

    @Option(names = "--url", paramLabel = "URL", description = "Use the running gateway at this address; needs --card.")
    private @Nullable URI url;

    @Option(names = "--verbose", description = "Show the log on the console as well.")
    private boolean verbose;

    private final SystemStarter starter;
    private final Terminal terminal;

    public PicturesCommand(SystemStarter starter, Terminal terminal) {
        this.starter = starter;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        if (prompts < 1 || prompts > PROMPTS_LIMIT || seeds < 1 || seeds > 100) {
            throw new VideosException(
                    "--prompts is 1 to " + PROMPTS_LIMIT + " and --seeds 1 to 100, found " + prompts + " and " + seeds);
        }
        if (url == null) {
            SystemStarter.Wish wish = new SystemStarter.Wish(Optional.ofNullable(model), verbose, ModelChanges.NONE);
            try (RunningSystem system = starter.start(wish)) {
                Rates promised =
                        Rates.promisedBy(card != null ? card : system.model().resolve("card.json"));
                score(new VideosClient(system.url()), promised);
            }
        } else if (card == null) {
            throw new VideosException("With --url, name the model's card with --card FILE");
        } else {
            score(new VideosClient(url), Rates.promisedBy(card));
        }
    }

    private void score(VideosClient client, Rates promised) {
        try {
            Path directory = keep != null ? Files.createDirectories(keep) : Files.createTempDirectory("wan-pictures");
            try {
                score(client, promised, directory);
            } finally {
                if (keep == null) {
                    Files.deleteIfExists(directory);
                }
            }
        } catch (IOException e) {
            throw new VideosException("Cannot keep videos: " + OneSentence.of(e), e);
        }
    }

    private void score(VideosClient client, Rates promised, Path directory) throws IOException {
        List<ClipScore> all = new ArrayList<>();
        for (PicturePrompt prompt : PicturePrompt.DEMO_WORLD.subList(0, prompts)) {
            List<ClipScore> ofPrompt = new ArrayList<>();
            for (int seed : IntStream.rangeClosed(1, seeds).toArray()) {
                ofPrompt.add(clip(client, prompt, seed, directory));
            }
            all.addAll(ofPrompt);
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "colour %d/%d  %s %d/%d  %s%n",
                            hits(ofPrompt, true),
                            seeds,
                            prompt.movement(),
                            hits(ofPrompt, false),
                            seeds,
                            prompt.prompt());
        }
        Rates rates = Rates.of(all);
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "colour %.2f (promised %.2f), direction %.2f (promised %.2f), %d videos%n",
                        rates.colour(),
                        promised.colour(),
                        rates.direction(),
                        promised.direction(),
                        all.size());
        if (rates.isBelow(promised)) {
            throw new VideosException("The pictures are worse than the model's card promises");
        }
    }

    private ClipScore clip(VideosClient client, PicturePrompt prompt, int seed, Path directory) throws IOException {
        Video video = client.submit(Submission.of(Map.of("prompt", prompt.prompt(), "seed", seed)));
        video = new JobFollower(client, JobFollower.Patience.USUAL).follow(video.id(), state -> {});
        if (video.isFailed()) {
            Video.Fault fault = video.error();
            throw new VideosException("The video for '" + prompt.prompt() + "' failed: "
                    + (fault == null ? "no reason given" : fault.message()));
        }
        Path file = directory.resolve(prompt.colour() + "-" + prompt.movement() + "-" + seed + ".mp4");
        client.download(video.id(), Variant.VIDEO, file);
        try {
            return SeenClip.of(ClipReader.read(file, SCORED_SIDE_PIXELS)).score(prompt);
        } finally {
            if (keep == null) {
                Files.delete(file);
            }
        }
    }

    private static long hits(List<ClipScore> scores, boolean ofColour) {
        return scores.stream()
                .filter(score -> ofColour ? score.colour() : score.movement())
                .count();
    }
}
