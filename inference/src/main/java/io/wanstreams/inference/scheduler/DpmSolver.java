package io.wanstreams.inference.scheduler;

import java.util.List;

/**
 * DPM-Solver++ of order 2, midpoint; the first and the last step are of order 1. Source: transformer-and-text.md §8.4; x
 * and m are its symbols. Where σ is 1 or 0, λ is infinite and the terms take their limits by themselves.
 *
 * <p>A saved state holds {@code latents} (x), and after the first step {@code solver.model_output.0} (m of the step
 * before).
 */
record DpmSolver(NoiseLevels levels) implements SolverMethod {

    @Override
    public SolverKind kind() {
        return SolverKind.DPM_SOLVER;
    }

    @Override
    public List<String> history(int nextStep) {
        return nextStep >= 1 ? List.of(SolverState.MODEL_OUTPUT_0) : List.of();
    }

    @Override
    public SolverState step(SolverState state, float[] velocity) {
        float[] m = levels.prediction(state.nextStep(), state.latents(), velocity);
        return state.then(state.nextStep() == levels.steps() - 1 ? m : predict(state, m), m);
    }

    private float[] predict(SolverState state, float[] m) {
        int next = state.nextStep();
        float[] x = state.latents();
        float h = levels.lambda(next + 1) - levels.lambda(next);
        float ratio = levels.sigma(next + 1) / levels.sigma(next);
        float gain = (1 - levels.sigma(next + 1)) * ((float) StrictMath.exp(-h) - 1);
        float[] before = state.past(SolverState.MODEL_OUTPUT_0);
        float r = before == null ? 1 : (levels.lambda(next) - levels.lambda(next - 1)) / h;
        float[] y = new float[m.length];
        for (int i = 0; i < y.length; i++) {
            float bend = before == null ? 0 : (m[i] - before[i]) / r;
            y[i] = ratio * x[i] - gain * m[i] - 0.5f * gain * bend;
        }
        return y;
    }
}
