package io.wanstreams.inference.scheduler;

import io.wanstreams.inference.scheduler.UniPcCoefficients.Corrector;
import io.wanstreams.inference.scheduler.UniPcCoefficients.Predictor;
import java.util.List;

/**
 * UniPC with bh2, order 2, predicting x0. Source: transformer-and-text.md §8.3; x, last and m are its symbols.
 *
 * <p>A saved state holds {@code latents} (x), and after the first step {@code solver.last_sample} (the corrected sample
 * of the step before), {@code solver.model_output.0} (m of the step before) and, after the second step,
 * {@code solver.model_output.1} (m of the step before that). All are fp32 and of the latents' shape.
 */
record UniPc(NoiseLevels levels, UniPcCoefficients coefficients) implements SolverMethod {

    UniPc(NoiseLevels levels) {
        this(levels, new UniPcCoefficients(levels));
    }

    @Override
    public SolverKind kind() {
        return SolverKind.UNIPC;
    }

    @Override
    public List<String> history(int nextStep) {
        return switch (nextStep) {
            case 0 -> List.of();
            case 1 -> List.of(SolverState.LAST_SAMPLE, SolverState.MODEL_OUTPUT_0);
            default -> List.of(SolverState.LAST_SAMPLE, SolverState.MODEL_OUTPUT_0, SolverState.MODEL_OUTPUT_1);
        };
    }

    @Override
    public SolverState step(SolverState state, float[] velocity) {
        float[] m = levels.prediction(state.nextStep(), state.latents(), velocity);
        float[] corrected = correct(state, m);
        return state.then(predict(state, corrected, m), m, corrected);
    }

    private float[] correct(SolverState state, float[] m) {
        float[] last = state.past(SolverState.LAST_SAMPLE);
        float[] m1 = state.past(SolverState.MODEL_OUTPUT_0);
        if (last == null || m1 == null) {
            return state.latents();
        }
        Corrector c = coefficients.corrector(state.nextStep());
        float[] before = state.past(SolverState.MODEL_OUTPUT_1);
        float[] corrected = new float[m.length];
        for (int i = 0; i < corrected.length; i++) {
            float bend = c.order() == 1 || before == null ? 0 : c.p() * ((before[i] - m1[i]) / c.r());
            corrected[i] = c.ratio() * last[i] - c.gain() * m1[i] - c.gain() * (bend + c.q() * (m[i] - m1[i]));
        }
        return corrected;
    }

    private float[] predict(SolverState state, float[] corrected, float[] m) {
        if (state.nextStep() == levels.steps() - 1) {
            return m; // σ becomes 0: h is infinite, E is −1, and what is left is m
        }
        Predictor p = coefficients.predictor(state.nextStep());
        float[] before = state.past(SolverState.MODEL_OUTPUT_0);
        float[] y = new float[m.length];
        for (int i = 0; i < y.length; i++) {
            float bend = p.order() == 1 || before == null ? 0 : 0.5f * ((before[i] - m[i]) / p.r());
            y[i] = p.ratio() * corrected[i] - p.gain() * m[i] - p.gain() * bend;
        }
        return y;
    }
}
