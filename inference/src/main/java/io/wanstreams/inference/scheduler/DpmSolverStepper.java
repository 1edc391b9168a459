package io.wanstreams.inference.scheduler;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * DPM-Solver++ of order 2, midpoint; the first and the last step are of order 1. Source: transformer-and-text.md §8.4; x
 * and m are its symbols. Where σ is 1 or 0, λ is infinite and the terms take their limits by themselves.
 *
 * <p>A saved state holds {@code latents} (x), and after the first step {@code solver.model_output.0} (m of the step
 * before).
 */
final class DpmSolverStepper implements Solver {

    private final NoiseLevels levels;

    private int next;
    private float[] x;
    private float @Nullable [] m1;

    private DpmSolverStepper(DenoisePlan plan, int next, float[] x) {
        this.levels = new NoiseLevels(plan.sigmas());
        this.next = next;
        this.x = x;
    }

    static DpmSolverStepper start(DenoisePlan plan, float[] noise) {
        return new DpmSolverStepper(plan, 0, noise);
    }

    static DpmSolverStepper restore(DenoisePlan plan, SavedState saved) {
        DpmSolverStepper stepper = new DpmSolverStepper(plan, saved.nextStep(), saved.latents());
        if (saved.nextStep() >= 1) {
            stepper.m1 = saved.history(SavedState.MODEL_OUTPUT_0);
        }
        return stepper;
    }

    @Override
    public int nextStep() {
        return next;
    }

    @Override
    public float[] latents() {
        return x;
    }

    @Override
    public void step(float[] velocity) {
        levels.checkStep(next, x, velocity);
        float[] m = levels.prediction(next, x, velocity);
        x = next == levels.steps() - 1 ? m : predict(m);
        m1 = m;
        next++;
    }

    private float[] predict(float[] m) {
        float h = levels.lambda(next + 1) - levels.lambda(next);
        float ratio = levels.sigma(next + 1) / levels.sigma(next);
        float gain = (1 - levels.sigma(next + 1)) * ((float) StrictMath.exp(-h) - 1);
        float[] before = m1;
        float r = before == null ? 1 : (levels.lambda(next) - levels.lambda(next - 1)) / h;
        float[] y = new float[m.length];
        for (int i = 0; i < y.length; i++) {
            float bend = before == null ? 0 : (m[i] - before[i]) / r;
            y[i] = ratio * x[i] - gain * m[i] - 0.5f * gain * bend;
        }
        return y;
    }

    @Override
    public Map<String, float[]> save() {
        Map<String, float[]> saved = new TreeMap<>();
        saved.put(LATENTS, x);
        if (m1 != null) {
            saved.put(SavedState.MODEL_OUTPUT_0, m1);
        }
        return saved;
    }
}
