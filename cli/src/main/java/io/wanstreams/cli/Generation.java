package io.wanstreams.cli;

import io.wanstreams.cli.SystemStarter.RunningSystem;
import io.wanstreams.cli.client.JobFollower;
import io.wanstreams.cli.client.Submission;
import io.wanstreams.cli.client.Variant;
import io.wanstreams.cli.client.Video;
import io.wanstreams.cli.client.VideosClient;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.cli.clip.ClipFacts;
import io.wanstreams.cli.clip.ClipReader;
import io.wanstreams.cli.report.ProgressDisplay;
import io.wanstreams.cli.report.TimeTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One video from request to file, with all that the person at the terminal gets to see. */
final class Generation {

    private final RequestOptions request;
    private final OutputOptions output;
    private final SystemOptions system;
    private final @Nullable Path noise;
    private final Terminal terminal;

    Generation(
            RequestOptions request,
            OutputOptions output,
            SystemOptions system,
            @Nullable Path noise,
            Terminal terminal) {
        this.request = request;
        this.output = output;
        this.system = system;
        this.noise = noise;
        this.terminal = terminal;
    }

    void run(SystemStarter starter) {
        if (!request.saysSomething()) {
            throw new VideosException("What shall the video show? Give a prompt in quotes, or --subject and --action,"
                    + " or an image with --image");
        }
        request.checkFiles();
        output.check();
        if (noise != null) {
            NoiseFile.check(noise);
        }
        try (RunningSystem running = system.open(starter)) {
            generate(new VideosClient(running.url()));
        }
    }

    private void generate(VideosClient client) {
        ProgressDisplay display = new ProgressDisplay(terminal.out(), terminal.columns());
        long begun = System.nanoTime();
        Video accepted = client.submit(submission());
        announce(accepted, display);
        Thread cancel = cancelOnInterrupt(client, accepted.id());
        Video video = new JobFollower(client, JobFollower.Patience.USUAL).follow(accepted.id(), display::show);
        Duration wall = Duration.ofNanos(System.nanoTime() - begun);
        keepOnInterrupt(cancel);
        if (video.isFailed()) {
            throw new VideosException(failure(video));
        }
        report(client, video, wall);
    }

    private Submission submission() {
        Map<String, Object> fields = request.fields();
        system.remoteModel().ifPresent(model -> fields.put("model", model));
        if (output.frames != null) {
            fields.put("save_frames", true);
        }
        Map<String, Path> files = new TreeMap<>(request.files());
        if (noise != null) {
            files.put(Submission.NOISE, noise);
        }
        return new Submission(fields, files);
    }

    private void announce(Video video, ProgressDisplay display) {
        display.line("Job " + video.id() + ": " + video.parameter("size") + ", " + video.parameter("num_frames")
                + " frames at " + video.parameter("fps") + " fps, " + video.parameter("num_inference_steps")
                + " steps, seed " + video.parameter("seed"));
        video.warnings().forEach(warning -> display.line("Note: " + warning));
    }

    private void report(VideosClient client, Video video, Duration wall) {
        long bytes = client.download(video.id(), Variant.VIDEO, output.video);
        if (output.latents != null) {
            client.download(video.id(), Variant.LATENTS, output.latents);
        }
        if (output.frames != null) {
            client.download(video.id(), Variant.FRAMES, output.frames);
        }
        ClipFacts facts = ClipReader.facts(output.video);
        PrintStream out = terminal.out();
        out.println();
        out.print(new TimeTable(video, wall));
        out.println();
        out.printf(
                Locale.ROOT,
                "%s: %,d bytes, %dx%d, %d frames, %.4g fps (%s)%n",
                output.video,
                bytes,
                facts.width(),
                facts.height(),
                facts.frames(),
                facts.fps(),
                facts.codec());
        sayIfKept("Latents", output.latents);
        sayIfKept("Frames", output.frames);
    }

    private void sayIfKept(String what, @Nullable Path file) {
        if (file != null) {
            terminal.out().println(what + ": " + file);
        }
    }

    private static String failure(Video video) {
        Video.Fault fault = video.error();
        if (fault == null) {
            return "The job " + video.id() + " failed without giving a reason; the gateway's log says more";
        }
        return "The job " + video.id() + " failed (" + fault.code() + "): " + fault.message();
    }

    /** A system of one's own ends with the command anyway; at somebody else's, the job must not go on for nobody. */
    private @Nullable Thread cancelOnInterrupt(VideosClient client, String id) {
        if (!system.isRemote()) {
            return null;
        }
        Thread hook = new Thread(() -> client.delete(id), "wan-cancel");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void keepOnInterrupt(@Nullable Thread cancel) {
        try {
            if (cancel != null) {
                Runtime.getRuntime().removeShutdownHook(cancel);
            }
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook is doing its work.
        }
    }
}
