package io.wanstreams.inference.scheduler;

import java.util.Map;

/**
 * What a solver goes on from.
 *
 * @param nextStep 0 … n
 * @param tensors by name, fp32, all of the latents' length
 */
record SavedState(SolverKind solver, int nextStep, Map<String, float[]> tensors) {

    /** x0 as the step before saw it. */
    static final String MODEL_OUTPUT_0 = "solver.model_output.0";

    /** x0 as the step before that saw it. */
    static final String MODEL_OUTPUT_1 = "solver.model_output.1";

    static SavedState of(DenoisePlan plan, int nextStep, Map<String, float[]> tensors) {
        if (nextStep < 0 || nextStep > plan.size()) {
            throw new IllegalArgumentException(
                    "A plan of " + plan.size() + " steps cannot go on from step " + nextStep + ".");
        }
        return new SavedState(plan.solver(), nextStep, tensors);
    }

    float[] latents() {
        return tensor(Solver.LATENTS, -1);
    }

    float[] history(String name) {
        return tensor(name, latents().length);
    }

    private float[] tensor(String name, int length) {
        float[] values = tensors.get(name);
        if (values == null || (length >= 0 && values.length != length)) {
            throw new IllegalArgumentException("A saved state of " + solver + " before step " + nextStep
                    + " needs tensor " + name + (length < 0 ? "" : " with " + length + " values") + ", found "
                    + (values == null ? "none" : values.length + " values") + "; start the stage from its inputs.");
        }
        return values;
    }
}
