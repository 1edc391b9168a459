package io.wanstreams.gateway.request;

import io.wanstreams.contracts.bundle.BundleRef;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.contracts.request.ModelDefaults;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.SchedulerChoice;
import io.wanstreams.contracts.request.SigmaGrid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of the denoise loop, in Diffusers' words: {@code guidance_scale} is the high-noise expert's or the only one's. */
final class DenoiseRule {

    private static final int MOST_STEPS = 200;
    private static final double STRONGEST_GUIDANCE = 20;
    private static final double LARGEST_SHIFT = 100;
    private static final double SMALLEST_SHIFT = 1e-3;
    private static final long DRAW_SEED = -1;

    private final ModelProfile model;
    private final Preset preset;
    private final ModelDefaults defaults;

    DenoiseRule(ModelProfile model, Preset preset) {
        this.model = model;
        this.preset = preset;
        this.defaults = model.defaults(preset);
    }

    DenoiseSettings resolve(RequestDraft draft, long drawnSeed, @Nullable BundleRef noise, List<String> warnings) {
        int steps = draft.numInferenceSteps() == null ? defaults.numInferenceSteps() : draft.numInferenceSteps();
        Range.check("num_inference_steps", steps, 1, MOST_STEPS);
        double flowShift = draft.flowShift() == null ? defaults.flowShift() : draft.flowShift();
        Range.check("flow_shift", flowShift, SMALLEST_SHIFT, LARGEST_SHIFT);
        Guidance guidance = guidance(draft, warnings);
        return new DenoiseSettings(
                steps,
                guidance.first(),
                guidance.second(),
                flowShift,
                boundary(draft),
                draft.sigmaGrid() == null
                        ? defaults.sigmaGrid()
                        : Choice.of("sigma_grid", draft.sigmaGrid(), SigmaGrid::parse),
                draft.scheduler() == null
                        ? preset.scheduler()
                        : Choice.of("scheduler", draft.scheduler(), SchedulerChoice::parse),
                seed(draft, drawnSeed),
                noise);
    }

    private record Guidance(double first, double second) {}

    private Guidance guidance(RequestDraft draft, List<String> warnings) {
        Double asked = draft.guidanceScale();
        Double asked2 = draft.guidanceScale2();
        double first = asked == null ? defaults.guidanceScale() : asked;
        Range.check("guidance_scale", first, 0, STRONGEST_GUIDANCE);
        if (!model.twoExperts() && asked2 != null) {
            throw new RefusedException(new Refusal(
                    "guidance_scale_2",
                    Refusal.UNSUPPORTED,
                    "guidance_scale_2 is for models with two experts; " + model.name() + " has one."));
        }
        double second =
                asked2 != null ? asked2 : asked == null && model.twoExperts() ? defaults.guidanceScale2() : first;
        Range.check("guidance_scale_2", second, 0, STRONGEST_GUIDANCE);
        if (preset == Preset.DIFFUSERS && first <= 1) {
            // Diffusers asks only the first scale whether to guide at all.
            warnings.add(
                    "guidance_scale of 1 or less switches guidance off for the whole video with preset diffusers.");
            return new Guidance(1, 1);
        }
        return new Guidance(first, second);
    }

    private @Nullable Double boundary(RequestDraft draft) {
        Double asked = draft.boundaryRatio();
        if (asked == null) {
            return model.boundaryRatio();
        }
        if (!model.twoExperts()) {
            throw new RefusedException(new Refusal(
                    "boundary_ratio",
                    Refusal.UNSUPPORTED,
                    "boundary_ratio is for models with two experts; " + model.name() + " has one."));
        }
        Range.check("boundary_ratio", asked, 0, 1);
        return asked;
    }

    private static long seed(RequestDraft draft, long drawnSeed) {
        Long seed = draft.seed();
        if (seed == null || seed == DRAW_SEED) {
            return drawnSeed;
        }
        Range.check("seed", seed, 0, Long.MAX_VALUE);
        return seed;
    }
}
