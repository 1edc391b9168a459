package io.wanstreams.cli;

import io.wanstreams.cli.client.Submission;
import io.wanstreams.cli.client.VideosException;
import io.wanstreams.contracts.request.ColorTone;
import io.wanstreams.contracts.request.Composition;
import io.wanstreams.contracts.request.Lighting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Everything that a request can say; what is left out, the model's card or the preset decides. */
final class RequestOptions {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PROMPT",
            description = "What the video shows, in the model's languages; up to 512 tokens count.")
    @Nullable
    String prompt;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description =
                    "Width and height in pixels, for example 320x192; both multiples of 16 or 32, depending on the"
                            + " model. Default: the model's.")
    @Nullable
    String size;

    @Option(names = "--frames", paramLabel = "N", description = "Number of frames, 4n + 1. Default: the model's.")
    @Nullable
    Integer frames;

    @Option(
            names = "--fps",
            paramLabel = "N",
            description = "Frames per second of the video; changes its length, not the pictures. Default: the model's.")
    @Nullable
    Integer fps;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Scheduler steps, 1 to 200; more take longer and draw finer. Default: the model's.")
    @Nullable
    Integer steps;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of the noise; same seed and options, same video. Default: drawn by the gateway and reported.")
    @Nullable
    Long seed;

    @Option(
            names = "--guidance-scale",
            paramLabel = "X",
            description = "How strongly the prompt pulls, 0 to 20, in the high-noise expert or the only one; 1 switches"
                    + " guidance off. Also the low-noise expert's unless --guidance-scale-2 says otherwise."
                    + " Default: the model's.")
    @Nullable
    Double guidanceScale;

    @Option(
            names = "--guidance-scale-2",
            paramLabel = "X",
            description = "The same for the low-noise expert, 0 to 20. Default: the model's, or --guidance-scale.")
    @Nullable
    Double guidanceScale2;

    @Option(
            names = "--flow-shift",
            paramLabel = "X",
            description = "How long the schedule dwells on high noise, above 0; larger pictures want more. Default: the"
                    + " model's.")
    @Nullable
    Double flowShift;

    @Option(
            names = "--boundary-ratio",
            paramLabel = "X",
            description =
                    "Between 0 and 1: above this share of the noise the high-noise expert works. Default: the model's.")
    @Nullable
    Double boundaryRatio;

    @Option(
            names = "--sigma-grid",
            paramLabel = "wan|diffusers",
            description = "Which noise levels are visited: the original repository's grid or Diffusers'. Default: the"
                    + " preset's.")
    @Nullable
    String sigmaGrid;

    @Option(
            names = "--scheduler",
            paramLabel = "unipc|dpm++|euler",
            description = "Which solver goes from one noise level to the next. Default: the preset's.")
    @Nullable
    String scheduler;

    @Option(
            names = "--preset",
            paramLabel = "wan|diffusers|lightning",
            description =
                    "Whose defaults fill what is left open: the original repository's, Diffusers', or those of a model with"
                            + " a four-step LoRA (4 steps, Euler, shift 5, no guidance). Default: the model's.")
    @Nullable
    String preset;

    @Option(
            names = "--negative-prompt",
            paramLabel = "TEXT",
            description = "What the video must not look like; may be empty. Default: the preset's.")
    @Nullable
    String negativePrompt;

    @Option(
            names = "--lighting",
            paramLabel = "NAME",
            completionCandidates = Lightings.class,
            description = "Light, added to the prompt as words: ${COMPLETION-CANDIDATES}.")
    @Nullable
    String lighting;

    @Option(
            names = "--color-tone",
            paramLabel = "NAME",
            completionCandidates = ColorTones.class,
            description = "Colours, added to the prompt as words: ${COMPLETION-CANDIDATES}.")
    @Nullable
    String colorTone;

    @Option(
            names = "--composition",
            paramLabel = "NAME",
            completionCandidates = Compositions.class,
            description = "Framing, added to the prompt as words: ${COMPLETION-CANDIDATES}.")
    @Nullable
    String composition;

    @Option(names = "--subject", paramLabel = "TEXT", description = "Instead of PROMPT: who or what.")
    @Nullable
    String subject;

    @Option(names = "--action", paramLabel = "TEXT", description = "Instead of PROMPT: does what.")
    @Nullable
    String action;

    @Option(names = "--environment", paramLabel = "TEXT", description = "Instead of PROMPT: where.")
    @Nullable
    String environment;

    @Option(names = "--style", paramLabel = "TEXT", description = "Instead of PROMPT: drawn or filmed how.")
    @Nullable
    String style;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description =
                    "First frame: PNG, JPEG or WebP, for models that make videos from images. A prompt is not needed "
                            + "then. With preset wan the size is an area, and the video takes the image's shape.")
    @Nullable
    Path image;

    @Option(
            names = "--last-image",
            paramLabel = "FILE",
            description = "Last frame, besides --image, for models that read both.")
    @Nullable
    Path lastImage;

    boolean saysSomething() {
        return image != null
                || prompt != null
                || subject != null
                || action != null
                || environment != null
                || style != null;
    }

    /** Refuses files that cannot be sent, before anything is started for them. */
    void checkFiles() {
        if (lastImage != null && image == null) {
            throw new VideosException("--last-image comes with --image: the frame that the video begins with");
        }
        files().values().forEach(file -> {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new VideosException("The image " + file + " cannot be read; is that its name?");
            }
        });
    }

    /** The request's files by their names in the API. */
    Map<String, Path> files() {
        Map<String, Path> files = new TreeMap<>();
        if (image != null) {
            files.put(Submission.IMAGE, image);
        }
        if (lastImage != null) {
            files.put(Submission.LAST_IMAGE, lastImage);
        }
        return files;
    }

    /** The request's fields by their names in the API. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new TreeMap<>();
        put(fields, "prompt", prompt);
        put(fields, "size", size);
        put(fields, "num_frames", frames);
        put(fields, "fps", fps);
        put(fields, "num_inference_steps", steps);
        put(fields, "seed", seed);
        put(fields, "guidance_scale", guidanceScale);
        put(fields, "guidance_scale_2", guidanceScale2);
        put(fields, "flow_shift", flowShift);
        put(fields, "boundary_ratio", boundaryRatio);
        put(fields, "sigma_grid", sigmaGrid);
        put(fields, "scheduler", scheduler);
        put(fields, "preset", preset);
        put(fields, "negative_prompt", negativePrompt);
        put(fields, "lighting", lighting);
        put(fields, "color_tone", colorTone);
        put(fields, "composition", composition);
        put(fields, "subject", subject);
        put(fields, "action", action);
        put(fields, "environment", environment);
        put(fields, "style", style);
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** The values of a closed list, as the help shows them. */
    private static class Names implements Iterable<String> {
        private final Object[] values;

        Names(Object[] values) {
            this.values = values;
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values).map(Object::toString).iterator();
        }
    }

    static final class Lightings extends Names {
        Lightings() {
            super(Lighting.values());
        }
    }

    static final class ColorTones extends Names {
        ColorTones() {
            super(ColorTone.values());
        }
    }

    static final class Compositions extends Names {
        Compositions() {
            super(Composition.values());
        }
    }
}
