package io.wanstreams.inference.scheduler;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a solver stands between two steps.
 *
 * @param nextStep 0 … n
 * @param latents at the noise level of the next step
 * @param history what the steps before left for the next ones, by name; of the latents' length
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record SolverState(int nextStep, float[] latents, Map<String, float[]> history) {

    /** The corrected latents of the step before. */
    static final String LAST_SAMPLE = "solver.last_sample";

    /** x0 as the step before saw it. */
    static final String MODEL_OUTPUT_0 = "solver.model_output.0";

    /** x0 as the step before that saw it. */
    static final String MODEL_OUTPUT_1 = "solver.model_output.1";

    static SolverState beginning(float[] noise) {
        return new SolverState(0, noise, Map.of());
    }

    /** @throws IllegalArgumentException when the latents, or a tensor that the method needs, are missing or of another length */
    static SolverState of(SolverMethod method, int nextStep, Map<String, float[]> saved) {
        float[] latents = tensor(method, nextStep, saved, Solver.LATENTS, -1);
        Map<String, float[]> history = new HashMap<>();
        for (String name : method.history(nextStep)) {
            history.put(name, tensor(method, nextStep, saved, name, latents.length));
        }
        return new SolverState(nextStep, latents, history);
    }

    private static float[] tensor(
            SolverMethod method, int nextStep, Map<String, float[]> saved, String name, int length) {
        float[] values = saved.get(name);
        if (values == null || (length >= 0 && values.length != length)) {
            throw new IllegalArgumentException("A saved state of " + method.kind() + " before step " + nextStep
                    + " needs tensor " + name + (length < 0 ? "" : " with " + length + " values") + ", found "
                    + (values == null ? "none" : values.length + " values") + "; start the stage from its inputs.");
        }
        return values;
    }

    /** A tensor of the history; null where the steps before left none. */
    float @Nullable [] past(String name) {
        return history.get(name);
    }

    /** After a step that leaves no history. */
    SolverState then(float[] next) {
        return new SolverState(nextStep + 1, next, Map.of());
    }

    /** After a step that saw this x0. */
    SolverState then(float[] next, float[] modelOutput) {
        return new SolverState(nextStep + 1, next, Map.of(MODEL_OUTPUT_0, modelOutput));
    }

    /** After a step that saw this x0 and leaves the one before for the next but one. */
    SolverState then(float[] next, float[] modelOutput, float[] lastSample) {
        Map<String, float[]> left = new HashMap<>(Map.of(LAST_SAMPLE, lastSample, MODEL_OUTPUT_0, modelOutput));
        float[] before = past(MODEL_OUTPUT_0);
        if (before != null) {
            left.put(MODEL_OUTPUT_1, before);
        }
        return new SolverState(nextStep + 1, next, left);
    }

    Map<String, float[]> toMap() {
        Map<String, float[]> all = new TreeMap<>(history);
        all.put(Solver.LATENTS, latents);
        return all;
    }
}
