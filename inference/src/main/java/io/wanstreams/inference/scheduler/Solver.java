package io.wanstreams.inference.scheduler;

import java.util.Map;

/**
 * Walks along a plan: turns the latents of one noise level and the velocity found there into the latents of the next.
 * Holds a bounded history that can be saved after every step and restored elsewhere, to the bit.
 *
 * <p>Arrays are handed out without copying and must not be changed. Not for several threads.
 */
public final class Solver {

    /** Name of the latents in a saved state. */
    public static final String LATENTS = "latents";

    private final SolverMethod method;
    private SolverState state;

    private Solver(SolverMethod method, SolverState state) {
        this.method = method;
        this.state = state;
    }

    /** The plan's solver at its beginning, from pure noise. */
    public static Solver start(DenoisePlan plan, float[] noise) {
        return new Solver(SolverMethod.of(plan), SolverState.beginning(noise));
    }

    /**
     * The plan's solver, going on from a saved state.
     *
     * @param nextStep what {@link #nextStep()} said when the state was saved, 0 … n
     * @param saved what {@link #save()} returned
     * @throws IllegalArgumentException when a tensor is missing or of another length
     */
    public static Solver restore(DenoisePlan plan, int nextStep, Map<String, float[]> saved) {
        if (nextStep < 0 || nextStep > plan.size()) {
            throw new IllegalArgumentException(
                    "A plan of " + plan.size() + " steps cannot go on from step " + nextStep + ".");
        }
        SolverMethod method = SolverMethod.of(plan);
        return new Solver(method, SolverState.of(method, nextStep, saved));
    }

    /** The index of the step that comes next; the number of steps when all are done. */
    public int nextStep() {
        return state.nextStep();
    }

    /** The latents at the noise level of {@link #nextStep()}: what the transformer sees, and at the end the result. */
    public float[] latents() {
        return state.latents();
    }

    /**
     * Takes one step.
     *
     * @param velocity the guided velocity at {@link #latents()}, of the same length
     * @throws IllegalStateException when all steps are done
     */
    public void step(float[] velocity) {
        if (nextStep() == method.levels().steps()) {
            throw new IllegalStateException("All " + nextStep() + " steps of the plan are done.");
        }
        if (velocity.length != latents().length) {
            throw new IllegalArgumentException("A velocity must have as many values as the latents, " + latents().length
                    + ", found " + velocity.length + ".");
        }
        state = method.step(state, velocity);
    }

    /** Latents and history by name, enough to go on from {@link #nextStep()}. */
    public Map<String, float[]> save() {
        return state.toMap();
    }
}
