package io.wanstreams.inference.scheduler;

import java.util.Map;

/**
 * Walks along a plan: turns the latents of one noise level and the velocity found there into the latents of the next.
 * Holds a bounded history that can be saved after every step and restored elsewhere, to the bit.
 *
 * <p>Arrays are handed out without copying and must not be changed. Not for several threads.
 */
public sealed interface Solver permits UniPcStepper, DpmSolverStepper, EulerStepper {

    /** Name of the latents in a saved state. */
    String LATENTS = "latents";

    /** The plan's solver at its beginning, from pure noise. */
    static Solver start(DenoisePlan plan, float[] noise) {
        return switch (plan.solver()) {
            case UNIPC -> UniPcStepper.start(plan, noise);
            case DPM_SOLVER -> DpmSolverStepper.start(plan, noise);
            case EULER -> EulerStepper.start(plan, noise);
        };
    }

    /**
     * The plan's solver, going on from a saved state.
     *
     * @param nextStep what {@link #nextStep()} said when the state was saved, 0 … n
     * @param saved what {@link #save()} returned
     * @throws IllegalArgumentException when a tensor is missing or of another length
     */
    static Solver restore(DenoisePlan plan, int nextStep, Map<String, float[]> saved) {
        SavedState state = SavedState.of(plan, nextStep, saved);
        return switch (plan.solver()) {
            case UNIPC -> UniPcStepper.restore(plan, state);
            case DPM_SOLVER -> DpmSolverStepper.restore(plan, state);
            case EULER -> EulerStepper.restore(plan, state);
        };
    }

    /** The index of the step that comes next; the number of steps when all are done. */
    int nextStep();

    /** The latents at the noise level of {@link #nextStep()}: what the transformer sees, and at the end the result. */
    float[] latents();

    /**
     * Takes one step.
     *
     * @param velocity the guided velocity at {@link #latents()}, of the same length
     * @throws IllegalStateException when all steps are done
     */
    void step(float[] velocity);

    /** Latents and history by name, enough to go on from {@link #nextStep()}. */
    Map<String, float[]> save();
}
