package io.wanstreams.gateway.request;

import io.wanstreams.contracts.request.ModelDefaults;
import io.wanstreams.contracts.request.ModelProfile;
import java.util.List;

/** Lengths: the first latent frame is one pixel frame, every other one stands for {@code stride} of them. */
public final class LengthRule {

    /** How long and how fast. */
    record Length(int numFrames, int fps) {}

    private static final int HIGHEST_FPS = 120;
    private static final double LONGEST_SECONDS = 36_000;
    /** 0.7 s at 10 fps are 7 frames, whatever binary fractions say. */
    private static final double ROUNDING = 1e-6;

    private final ModelProfile model;
    private final RequestLimits limits;

    LengthRule(ModelProfile model, RequestLimits limits) {
        this.model = model;
        this.limits = limits;
    }

    Length resolve(RequestDraft draft, ModelDefaults defaults, List<String> warnings) {
        int fps = draft.fps() == null ? defaults.fps() : draft.fps();
        Range.check("fps", fps, 1, HIGHEST_FPS);
        int frames = frames(draft, defaults, fps, warnings);
        if (frames > model.trainedFrames()) {
            warnings.add(frames + " frames are more than the " + model.trainedFrames() + " the model was trained on.");
        }
        return new Length(frames, fps);
    }

    private int frames(RequestDraft draft, ModelDefaults defaults, int fps, List<String> warnings) {
        if (draft.numFrames() != null) {
            return checked(draft.numFrames(), warnings);
        }
        Double seconds = draft.seconds();
        return seconds == null ? defaults.numFrames() : ofSeconds(seconds, fps, warnings);
    }

    private int checked(int frames, List<String> warnings) {
        int least = below(limits.frames());
        if (frames < 1 || frames > limits.frames()) {
            throw RefusedException.invalid(
                    "num_frames",
                    "num_frames is 1 to " + least + ", found " + frames + "; nearest valid: " + (frames < 1 ? 1 : least)
                            + ".");
        }
        int below = below(frames);
        if (below != frames) {
            // Clients of other servers ask for 80 and the like.
            warnings.add("num_frames is " + model.temporalStride() + "n+1: " + frames + " are rounded down to " + below
                    + ".");
        }
        return below;
    }

    private int ofSeconds(double seconds, int fps, List<String> warnings) {
        if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
            throw RefusedException.invalid("seconds", "seconds is more than 0, found " + Range.text(seconds) + ".");
        }
        double wanted = seconds * fps + 1 + ROUNDING;
        if (below((int) wanted) > limits.frames()) {
            throw RefusedException.invalid(
                    "seconds",
                    Range.text(seconds) + " s at " + fps + " fps are more than " + limits.frames()
                            + " frames; nearest valid: " + seconds(below(limits.frames()), fps) + ".");
        }
        int frames = below((int) wanted);
        if (frames != (int) wanted || wanted - (int) wanted > 2 * ROUNDING) {
            warnings.add(Range.text(seconds) + " s at " + fps + " fps are rounded down to " + frames + " frames.");
        }
        return frames;
    }

    private int below(int frames) {
        return (Math.max(1, frames) - 1) / model.temporalStride() * model.temporalStride() + 1;
    }

    /** The length in seconds as clients write it: the first frame takes no time. */
    public static String seconds(int numFrames, int fps) {
        double seconds = (numFrames - 1) / (double) fps;
        return Range.text(Math.round(seconds * 1000) / 1000.0);
    }
}
