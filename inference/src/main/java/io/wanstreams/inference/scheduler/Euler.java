package io.wanstreams.inference.scheduler;

import java.util.List;

/** Euler's method: x + (σ_{i+1} − σ_i) v. Source: transformer-and-text.md §8.5. A saved state holds the latents alone. */
record Euler(NoiseLevels levels) implements SolverMethod {

    @Override
    public SolverKind kind() {
        return SolverKind.EULER;
    }

    @Override
    public List<String> history(int nextStep) {
        return List.of();
    }

    @Override
    public SolverState step(SolverState state, float[] velocity) {
        float fall = levels.sigma(state.nextStep() + 1) - levels.sigma(state.nextStep());
        float[] x = state.latents();
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i] + fall * velocity[i];
        }
        return state.then(y);
    }
}
