package io.wanstreams.contracts.request;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.sharing.Shared;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is carried out: defaults resolved, seed drawn. Carried by {@code job.submitted} and echoed to the
 * client.
 *
 * @param model the served model's name
 * @param preset whose defaults filled the gaps
 * @param prompt what was said in words
 * @param width pixels
 * @param height pixels
 * @param numFrames pixel frames, 4n + 1
 * @param fps frames per second of the video
 * @param image the first frame, as the client sent it; null for a video from text alone
 * @param lastImage the last frame, as the client sent it; null where it is free
 * @param denoise the numbers of the denoise loop
 * @param saveFrames whether the decoded frames are kept as a tensor besides the video
 * @param deadline the job fails when it is not over this long after its submission
 * @param metadata the client's own, echoed
 * @param warnings what was adjusted or lies outside what the model was trained on
 */
public record VideoRequest(
        String model,
        Preset preset,
        PromptSpec prompt,
        int width,
        int height,
        int numFrames,
        int fps,
        @Nullable BundleRef image,
        @Nullable BundleRef lastImage,
        DenoiseSettings denoise,
        boolean saveFrames,
        Duration deadline,
        SortedMap<String, String> metadata,
        List<String> warnings) {

    private static final Shared<List<String>> WARNINGS = new Shared<>(256);

    public VideoRequest {
        model = Shared.text(model);
        metadata = Shared.map(metadata);
        warnings = WARNINGS.of(List.copyOf(warnings));
        if (width < 1 || height < 1 || numFrames < 1 || fps < 1) {
            throw new IllegalArgumentException("width, height, num_frames and fps are at least 1, found " + width + ", "
                    + height + ", " + numFrames + ", " + fps);
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline is a positive duration, found " + deadline);
        }
        if (lastImage != null && image == null) {
            throw new IllegalArgumentException("a last image comes with a first one");
        }
    }

    /** The same with other words. */
    public VideoRequest withPrompt(PromptSpec words) {
        return new VideoRequest(
                model,
                preset,
                words,
                width,
                height,
                numFrames,
                fps,
                image,
                lastImage,
                denoise,
                saveFrames,
                deadline,
                metadata,
                warnings);
    }

    /** The same from other initial noise. */
    public VideoRequest withSeed(long seed) {
        return new VideoRequest(
                model,
                preset,
                prompt,
                width,
                height,
                numFrames,
                fps,
                image,
                lastImage,
                denoise.withSeed(seed),
                saveFrames,
                deadline,
                metadata,
                warnings);
    }
}
