package io.wanstreams.inference.scheduler;

import java.util.List;

/** The arithmetic of one solver: a pure function from one state to the next. */
sealed interface SolverMethod permits UniPc, DpmSolver, Euler {

    static SolverMethod of(DenoisePlan plan) {
        NoiseLevels levels = new NoiseLevels(plan.sigmas());
        return switch (plan.solver()) {
            case UNIPC -> new UniPc(levels);
            case DPM_SOLVER -> new DpmSolver(levels);
            case EULER -> new Euler(levels);
        };
    }

    SolverKind kind();

    NoiseLevels levels();

    /** Names of what a state before that step holds beside the latents. */
    List<String> history(int nextStep);

    /**
     * @param state not at its end
     * @param velocity at its latents, of the same length
     */
    SolverState step(SolverState state, float[] velocity);
}
