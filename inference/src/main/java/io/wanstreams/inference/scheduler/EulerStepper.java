package io.wanstreams.inference.scheduler;

import java.util.Map;

/** Euler's method: x + (σ_{i+1} − σ_i) v. Source: transformer-and-text.md §8.5. A saved state holds the latents alone. */
final class EulerStepper implements Solver {

    private final NoiseLevels levels;

    private int next;
    private float[] x;

    private EulerStepper(DenoisePlan plan, int next, float[] x) {
        this.levels = new NoiseLevels(plan.sigmas());
        this.next = next;
        this.x = x;
    }

    static EulerStepper start(DenoisePlan plan, float[] noise) {
        return new EulerStepper(plan, 0, noise);
    }

    static EulerStepper restore(DenoisePlan plan, SavedState saved) {
        return new EulerStepper(plan, saved.nextStep(), saved.latents());
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
        float fall = levels.sigma(next + 1) - levels.sigma(next);
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i] + fall * velocity[i];
        }
        x = y;
        next++;
    }

    @Override
    public Map<String, float[]> save() {
        return Map.of(LATENTS, x);
    }
}
