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
public final class UniPcStepper implements Solver {

    static final String LAST_SAMPLE = "solver.last_sample";
    static final String MODEL_OUTPUT_0 = "solver.model_output.0";
    static final String MODEL_OUTPUT_1 = "solver.model_output.1";

    private final float[] sigmas;
    private final UniPcCoefficients coefficients;

    private int next;
    private float[] x;
    private float @Nullable [] last;
    private float @Nullable [] m1;
    private float @Nullable [] m2;

    private UniPcStepper(DenoisePlan plan, int next, float[] x) {
        this.sigmas = plan.sigmas();
        this.coefficients = new UniPcCoefficients(sigmas);
        this.next = next;
        this.x = x;
    }

    /** At the beginning of a plan, from pure noise. */
    public static UniPcStepper start(DenoisePlan plan, float[] noise) {
        return new UniPcStepper(plan, 0, noise);
    }

    /**
     * Goes on from a saved state.
     *
     * @param nextStep what {@link #nextStep()} said when the state was saved, 0 … n
     * @param saved what {@link #save()} returned
     * @throws IllegalArgumentException when a tensor is missing or of another length
     */
    public static UniPcStepper restore(DenoisePlan plan, int nextStep, Map<String, float[]> saved) {
        if (nextStep < 0 || nextStep > plan.size()) {
            throw new IllegalArgumentException(
                    "A plan of " + plan.size() + " steps cannot go on from step " + nextStep + ".");
        }
        float[] latents = tensor(saved, LATENTS, nextStep, -1);
        UniPcStepper stepper = new UniPcStepper(plan, nextStep, latents);
        if (nextStep >= 1) {
            stepper.last = tensor(saved, LAST_SAMPLE, nextStep, latents.length);
            stepper.m1 = tensor(saved, MODEL_OUTPUT_0, nextStep, latents.length);
        }
        if (nextStep >= 2) {
            stepper.m2 = tensor(saved, MODEL_OUTPUT_1, nextStep, latents.length);
        }
        return stepper;
    }

    private static float[] tensor(Map<String, float[]> saved, String name, int step, int length) {
        float[] values = saved.get(name);
        if (values == null || (length >= 0 && values.length != length)) {
            throw new IllegalArgumentException("A saved state of UniPC before step " + step + " needs tensor " + name
                    + (length < 0 ? "" : " with " + length + " values") + ", found "
                    + (values == null ? "none" : values.length + " values") + "; start the stage from its inputs.");
        }
        return values;
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
        if (next == sigmas.length - 1) {
            throw new IllegalStateException("All " + next + " steps of the plan are done.");
        }
        if (velocity.length != x.length) {
            throw new IllegalArgumentException("A velocity must have as many values as the latents, " + x.length
                    + ", found " + velocity.length + ".");
        }
        float[] m = prediction(velocity);
        float[] corrected = correct(m);
        x = predict(corrected, m);
        last = corrected;
        m2 = m1;
        m1 = m;
        next++;
    }

    /** x0 as seen from here: x − σ v, from the latents before correction. */
    private float[] prediction(float[] velocity) {
        float sigma = sigmas[next];
        float[] m = new float[x.length];
        for (int i = 0; i < m.length; i++) {
            m[i] = x[i] - sigma * velocity[i];
        }
        return m;
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
        if (next == sigmas.length - 2) {
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
        put(saved, LATENTS, x);
        put(saved, LAST_SAMPLE, last);
        put(saved, MODEL_OUTPUT_0, m1);
        put(saved, MODEL_OUTPUT_1, m2);
        return saved;
    }

    private static void put(Map<String, float[]> saved, String name, float @Nullable [] values) {
        if (values != null) {
            saved.put(name, values);
        }
    }
}
