package io.wanstreams.denoise;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.inference.scheduler.DenoisePlan;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.scheduler.SigmaGrid;
import io.wanstreams.inference.scheduler.SolverKind;

/**
 * A stage's part of a job's plan.
 *
 * @param plan of the whole job; every stage computes the same
 * @param expert whose steps these are
 * @param first the first step that is this stage's
 * @param end one past the last
 */
record StageShare(DenoisePlan plan, Expert expert, int first, int end) {

    /** @param trainTimesteps the timestep that noise level 1 stands for in this model */
    static StageShare of(StageName stage, DenoiseSettings settings, int trainTimesteps) {
        DenoisePlan plan = DenoisePlan.of(
                solver(settings),
                grid(settings),
                settings.numInferenceSteps(),
                settings.flowShift(),
                settings.boundaryRatio(),
                trainTimesteps);
        Expert expert = expert(stage);
        return switch (expert) {
            case HIGH -> new StageShare(plan, expert, 0, plan.endOf(Expert.HIGH));
            case LOW -> new StageShare(plan, expert, plan.endOf(Expert.HIGH), plan.size());
            case ONLY -> new StageShare(plan, expert, 0, plan.size());
        };
    }

    /** Whose steps a stage takes. */
    static Expert expert(StageName stage) {
        return switch (stage) {
            case DENOISE_HIGH -> Expert.HIGH;
            case DENOISE_LOW -> Expert.LOW;
            case DENOISE -> Expert.ONLY;
            case PROMPT, ENCODE, DECODE -> throw new IllegalArgumentException("Stage " + stage + " has no expert.");
        };
    }

    private static SolverKind solver(DenoiseSettings settings) {
        return switch (settings.scheduler()) {
            case UNIPC -> SolverKind.UNIPC;
            case DPM_SOLVER -> SolverKind.DPM_SOLVER;
            case EULER -> SolverKind.EULER;
        };
    }

    private static SigmaGrid grid(DenoiseSettings settings) {
        return switch (settings.sigmaGrid()) {
            case WAN -> SigmaGrid.WAN;
            case DIFFUSERS -> SigmaGrid.DIFFUSERS;
        };
    }

    int steps() {
        return end - first;
    }

    /** Whether another stage goes on from where this one ends, maybe with no step left to take. */
    boolean isContinued() {
        return expert == Expert.HIGH;
    }
}
