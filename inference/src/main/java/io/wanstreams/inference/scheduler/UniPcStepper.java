package io.wanstreams.inference.scheduler;

import io.wanstreams.inference.scheduler.UniPcCoefficients.Corrector;
import io.wanstreams.inference.scheduler.UniPcCoefficients.Predictor;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * UniPC with bh2, order 2, predicting x0. Source: transformer-and-text.md §8.3; x, last and m are its symbols.
 *
 * <p>A saved state holds {@code latents} (x), and after the first step {@code solver.last_sample} (the corrected sample
 * of the step before), {@code solver.model_output.0} (m of the step before) and, after the second step,
 * {@code solver.model_output.1} (m of the step before that). All are fp32 and of the latents' shape.
 */
final class UniPcStepper implements Solver {

    static final String LAST_SAMPLE = "solver.last_sample";

    private final NoiseLevels levels;
    private final UniPcCoefficients coefficients;

    private int next;
    private float[] x;
    private float @Nullable [] last;
    private float @Nullable [] m1;
    private float @Nullable [] m2;

    private UniPcStepper(DenoisePlan plan, int next, float[] x) {
        this.levels = new NoiseLevels(plan.sigmas());
        this.coefficients = new UniPcCoefficients(levels);
        this.next = next;
        this.x = x;
    }

    static UniPcStepper start(DenoisePlan plan, float[] noise) {
        return new UniPcStepper(plan, 0, noise);
    }

    static UniPcStepper restore(DenoisePlan plan, SavedState saved) {
        UniPcStepper stepper = new UniPcStepper(plan, saved.nextStep(), saved.latents());
        if (saved.nextStep() >= 1) {
            stepper.last = saved.history(LAST_SAMPLE);
            stepper.m1 = saved.history(SavedState.MODEL_OUTPUT_0);
        }
        if (saved.nextStep() >= 2) {
            stepper.m2 = saved.history(SavedState.MODEL_OUTPUT_1);
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
        float[] corrected = correct(m);
        x = predict(corrected, m);
        last = corrected;
        m2 = m1;
        m1 = m;
        next++;
    }

    private float[] correct(float[] m) {
        float[] last = this.last;
        float[] m1 = this.m1;
        if (last == null || m1 == null) {
            return x;
        }
        Corrector c = coefficients.corrector(next);
        float[] before = m2;
        float[] corrected = new float[x.length];
        for (int i = 0; i < corrected.length; i++) {
            float bend = c.order() == 1 || before == null ? 0 : c.p() * ((before[i] - m1[i]) / c.r());
            corrected[i] = c.ratio() * last[i] - c.gain() * m1[i] - c.gain() * (bend + c.q() * (m[i] - m1[i]));
        }
        return corrected;
    }

    private float[] predict(float[] corrected, float[] m) {
        if (next == levels.steps() - 1) {
            return m; // σ becomes 0: h is infinite, E is −1, and what is left is m
        }
        Predictor p = coefficients.predictor(next);
        float[] before = m1;
        float[] y = new float[m.length];
        for (int i = 0; i < y.length; i++) {
            float bend = p.order() == 1 || before == null ? 0 : 0.5f * ((before[i] - m[i]) / p.r());
            y[i] = p.ratio() * corrected[i] - p.gain() * m[i] - p.gain() * bend;
        }
        return y;
    }

    @Override
    public Map<String, float[]> save() {
        Map<String, float[]> saved = new TreeMap<>();
        saved.put(LATENTS, x);
        put(saved, LAST_SAMPLE, last);
        put(saved, SavedState.MODEL_OUTPUT_0, m1);
        put(saved, SavedState.MODEL_OUTPUT_1, m2);
        return saved;
    }

    private static void put(Map<String, float[]> saved, String name, float @Nullable [] values) {
        if (values != null) {
            saved.put(name, values);
        }
    }
}
