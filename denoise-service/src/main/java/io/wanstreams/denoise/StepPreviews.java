package io.wanstreams.denoise;

import io.wanstreams.images.Jpeg;
import io.wanstreams.images.RgbImage;
import io.wanstreams.inference.image.Picture;
import io.wanstreams.inference.preview.PreviewMap;
import io.wanstreams.inference.scheduler.DenoiseStep;
import io.wanstreams.inference.scheduler.Solver;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.transport.stage.StageRun;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shows the middle of the video after a step: not the latents, which are still mostly noise, but where they lead. With the
 * velocity v of the last step, x − σ·v is what would be left at noise level 0 (spec schedulers: x = (1 − σ)·clean + σ·noise).
 */
final class StepPreviews {

    private static final float JPEG_QUALITY = 0.8f;

    private final StageRun run;
    private final StageShare share;
    private final LatentShape shape;
    private final PreviewRule rule;
    private final LongSupplier nanoTime;
    private float[] before;
    private long next;

    /** @param latents at which the run begins */
    StepPreviews(
            StageRun run,
            StageShare share,
            LatentShape shape,
            PreviewRule rule,
            float[] latents,
            LongSupplier nanoTime) {
        this.run = run;
        this.share = share;
        this.shape = shape;
        this.rule = rule;
        this.before = latents;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** After a step; the solver never changes an array that it has handed out. */
    void stepped(DenoiseStep step, Solver solver) {
        float[] from = before;
        float[] to = solver.latents();
        before = to;
        Optional<PreviewMap> map =
                nanoTime.getAsLong() < next ? Optional.empty() : rule.source().map();
        if (map.isPresent() && map.get().channels() == shape.channels()) {
            next = nanoTime.getAsLong() + rule.every().toNanos();
            float factor = towardsClean(step.sigma(), sigmaAfter(solver));
            run.preview(solver.nextStep() - share.first(), share.steps(), () -> jpeg(map.get(), from, to, factor));
        }
    }

    private float sigmaAfter(Solver solver) {
        return solver.nextStep() < share.plan().size()
                ? share.plan().steps().get(solver.nextStep()).sigma()
                : 0;
    }

    /** How much further along the last step's line noise level 0 lies: v = (to − from) / (σ' − σ), clean = to − σ'·v. */
    static float towardsClean(float sigma, float sigmaAfter) {
        return sigmaAfter / (sigma - sigmaAfter);
    }

    private byte[] jpeg(PreviewMap map, float[] from, float[] to, float factor) {
        int frame = shape.frames() / 2;
        int positions = shape.height() * shape.width();
        float[] clean = new float[shape.channels() * positions];
        for (int channel = 0; channel < shape.channels(); channel++) {
            int at = (channel * shape.frames() + frame) * positions;
            for (int i = 0; i < positions; i++) {
                clean[channel * positions + i] = to[at + i] + factor * (to[at + i] - from[at + i]);
            }
        }
        Picture picture = map.picture(clean, shape.height(), shape.width(), frame == 0);
        return Jpeg.of(new RgbImage(picture.width(), picture.height(), picture.rgb()), JPEG_QUALITY);
    }
}
