package io.wanstreams.inference.scheduler;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All steps of a job, in order. A pure function of the request: every stage computes the same plan.
 *
 * @param steps n ≥ 1 steps with falling sigma; after the last one sigma is 0
 */
public record DenoisePlan(List<DenoiseStep> steps) {

    /** The length of the schedule the family is trained with: timestep = sigma · 1000. */
    static final int TRAIN_TIMESTEPS = 1000;

    public DenoisePlan {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A plan needs at least one step, found none.");
        }
        for (int i = 0; i < steps.size(); i++) {
            float sigma = steps.get(i).sigma();
            float next = i + 1 < steps.size() ? steps.get(i + 1).sigma() : 0;
            if (!(sigma < 1 && sigma > next)) {
                throw new IllegalArgumentException("Sigmas must fall from below 1 to 0, but step " + i + " has " + sigma
                        + " and is followed by " + next + "; take fewer steps or a smaller flow shift.");
            }
        }
    }

    /**
     * Plans a job for the UniPC solver.
     *
     * @param steps number of steps n, 1 … 1000
     * @param shift flow shift, > 0 and finite
     * @param boundary boundary ratio, 0 … 1: a step whose timestep is at least boundary · 1000 is for the high-noise
     *     expert; null for a model with one transformer
     * @throws IllegalArgumentException naming the value out of range
     */
    public static DenoisePlan of(int steps, double shift, SigmaGrid grid, @Nullable Double boundary) {
        check(steps >= 1 && steps <= TRAIN_TIMESTEPS, "The number of steps must be 1 to 1000, found " + steps + ".");
        check(shift > 0 && Double.isFinite(shift), "The flow shift must be above 0, found " + shift + ".");
        check(
                boundary == null || (boundary >= 0 && boundary <= 1),
                "The boundary ratio must be 0 to 1, found " + boundary + ".");
        double[] sigmas = grid.sigmas(steps, shift);
        return new DenoisePlan(IntStream.range(0, steps)
                .mapToObj(i -> step(i, sigmas[i], boundary))
                .toList());
    }

    private static DenoiseStep step(int index, double sigma, @Nullable Double boundary) {
        int timestep = (int) (sigma * TRAIN_TIMESTEPS);
        return new DenoiseStep(index, (float) sigma, timestep, expert(timestep, boundary));
    }

    private static Expert expert(int timestep, @Nullable Double boundary) {
        if (boundary == null) {
            return Expert.ONLY;
        }
        return timestep >= boundary * TRAIN_TIMESTEPS ? Expert.HIGH : Expert.LOW;
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The number of steps, n. */
    public int size() {
        return steps.size();
    }

    /** σ_0 … σ_n; the last is 0. */
    public float[] sigmas() {
        float[] sigmas = new float[size() + 1];
        steps.forEach(step -> sigmas[step.index()] = step.sigma());
        return sigmas;
    }

    /** The step at which an expert's stage ends: one past its last step, or 0 if it has none. */
    public int endOf(Expert expert) {
        return steps.stream()
                .filter(step -> step.expert() == expert)
                .mapToInt(step -> step.index() + 1)
                .max()
                .orElse(0);
    }
}
