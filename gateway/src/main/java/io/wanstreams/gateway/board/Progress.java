package io.wanstreams.gateway.board;

import io.wanstreams.contracts.job.Checkpoint;
import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.contracts.request.DenoiseSettings;
import org.jspecify.annotations.Nullable;

/** How much of a job is done, in percent of its expected cost: encode 1, denoise 96 by steps, decode 3. */
final class Progress {

    private static final double ENCODE = 1;
    private static final double DENOISE = 96;
    private static final double DECODE = 3;
    /** Only a job that is over is done entirely. */
    private static final double MOST_WHILE_LIVE = 99;

    private Progress() {}

    /**
     * Percent, 0 to 100; not yet monotone.
     *
     * @param heartbeat the newest of the job's stage and turn, or null
     */
    static int percent(Job job, @Nullable Heartbeat heartbeat) {
        if (job.phase() instanceof Phase.Completed) {
            return 100;
        }
        double done = 0;
        for (CompletedStage stage : job.completed()) {
            done += completed(job, stage.stage());
        }
        StageTurn at = job.phase().stageTurn().orElse(null);
        return (int) Math.min(MOST_WHILE_LIVE, done + (at == null ? 0 : current(job, at, heartbeat)));
    }

    private static double completed(Job job, StageName stage) {
        return switch (stage) {
            case PROMPT -> 0;
            case ENCODE -> ENCODE;
            // The low-noise expert's share comes on top of it, see current.
            case DENOISE_HIGH -> isPast(job, StageName.DENOISE_LOW) ? 0 : DENOISE * highNoiseShare(job);
            case DENOISE, DENOISE_LOW -> DENOISE;
            case DECODE -> DECODE;
        };
    }

    private static double current(Job job, StageTurn at, @Nullable Heartbeat heartbeat) {
        double share = heartbeat == null || heartbeat.of() < 1 ? 0 : share(heartbeat.step(), heartbeat.of());
        return switch (at.stage()) {
            case PROMPT -> 0;
            case ENCODE -> ENCODE * share;
            case DECODE -> DECODE * share;
            case DENOISE, DENOISE_HIGH -> DENOISE * denoised(job, at, heartbeat);
            case DENOISE_LOW -> DENOISE * Math.max(0, denoised(job, at, heartbeat) - highNoiseShare(job));
        };
    }

    private static boolean isPast(Job job, StageName stage) {
        return job.completed().stream().anyMatch(done -> done.stage() == stage);
    }

    /**
     * The high-noise expert's share of all steps, in whole steps, rounded down. Noise levels t are visited evenly before the
     * shift s, which makes s·t / (1 + (s − 1)·t) of them (spec schedulers); the expert works while that is at least the
     * boundary.
     */
    private static double highNoiseShare(Job job) {
        DenoiseSettings denoise = job.request().denoise();
        Double boundary = denoise.boundaryRatio();
        if (boundary == null) {
            return 0;
        }
        double shift = denoise.flowShift();
        double unshifted = boundary / (shift - (shift - 1) * boundary);
        int steps = denoise.numInferenceSteps();
        return share((int) Math.floor((1 - unshifted) * steps), steps);
    }

    /** The share of all scheduler steps that are done. A low-noise expert's steps come after the high-noise expert's. */
    private static double denoised(Job job, StageTurn at, @Nullable Heartbeat heartbeat) {
        int steps = job.request().denoise().numInferenceSteps();
        Checkpoint checkpoint = at.checkpoint();
        double share = checkpoint == null ? 0 : share(checkpoint.step(), steps);
        if (heartbeat == null || heartbeat.of() < 1) {
            return share;
        }
        int before = at.stage() == StageName.DENOISE_LOW ? steps - heartbeat.of() : 0;
        return Math.max(share, share(before + heartbeat.step(), steps));
    }

    private static double share(int step, int of) {
        return Math.max(0, Math.min(1, step / (double) of));
    }
}
