package io.wanstreams.inference.pipeline;

import io.wanstreams.inference.scheduler.DenoisePlan;
import io.wanstreams.inference.scheduler.DenoiseStep;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.scheduler.Solver;
import java.util.Map;

/**
 * The denoise loop: pick the expert, predict with and without the prompt, guide, step, report.
 * Source: transformer-and-text.md §8.8.
 */
public final class DenoiseLoop {

    private DenoiseLoop() {}

    /** Hears of every step, and can end the loop between two. */
    @FunctionalInterface
    public interface Listener {
        /**
         * After a step.
         *
         * @param step the step just done
         * @param solver where things stand now; may be saved
         * @return whether to go on
         */
        boolean stepped(DenoiseStep step, Solver solver);
    }

    /**
     * Takes the steps from {@link Solver#nextStep()} on for which there is an expert. With one of two experts it ends
     * where the other's steps begin, so its solver, saved, is what the next stage starts from.
     *
     * @return false if the listener ended it, true if no step is left for these experts
     */
    public static boolean run(DenoisePlan plan, Solver solver, Map<Expert, GuidedModel> experts, Listener listener) {
        while (solver.nextStep() < plan.size()) {
            DenoiseStep step = plan.steps().get(solver.nextStep());
            GuidedModel expert = experts.get(step.expert());
            if (expert == null) {
                return true;
            }
            solver.step(expert.velocity(solver.latents(), step.timestep()));
            if (!listener.stepped(step, solver)) {
                return false;
            }
        }
        return true;
    }
}
