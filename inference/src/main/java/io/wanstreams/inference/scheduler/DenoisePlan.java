package io.wanstreams.inference.scheduler;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All steps of a job, in order. A pure function of the request: every stage computes the same plan.
 *
 * @param solver what walks along it
 * @param steps n ≥ 1 steps with falling sigma; after the last one sigma is 0
 */
public record DenoisePlan(SolverKind solver, List<DenoiseStep> steps) {

    /** The timestep that sigma 1 stands for in the published models. */
    public static final int PUBLISHED_TRAIN_TIMESTEPS = 1000;

    public DenoisePlan {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A plan needs at least one step, found none.");
        }
        for (int i = 0; i < steps.size(); i++) {
            float sigma = steps.get(i).sigma();
            float next = i + 1 < steps.size() ? steps.get(i + 1).sigma() : 0;
            if (!(startsBelow(solver, sigma) && sigma > next)) {
                throw new IllegalArgumentException(
                        "Sigmas must fall from " + (solver == SolverKind.UNIPC ? "below " : "")
                                + "1 to 0, but step " + i + " has " + sigma
                                + " and is followed by " + next + "; take fewer steps or a smaller flow shift.");
            }
        }
    }

    /** UniPC divides by 1 − σ. */
    private static boolean startsBelow(SolverKind solver, float sigma) {
        return solver == SolverKind.UNIPC ? sigma < 1 : sigma <= 1;
    }

    /** Plans a job for UniPC and a model trained as the published ones are; see the other method. */
    public static DenoisePlan of(int steps, double shift, SigmaGrid grid, @Nullable Double boundary) {
        return of(SolverKind.UNIPC, grid, steps, shift, boundary, PUBLISHED_TRAIN_TIMESTEPS);
    }

    /**
     * Plans a job.
     *
     * @param steps number of steps n, 1 … trainTimesteps
     * @param shift flow shift, > 0 and finite
     * @param boundary boundary ratio, 0 … 1: a step whose timestep is at least boundary · trainTimesteps is for the
     *     high-noise expert; null for a model with one transformer
     * @param trainTimesteps the timestep that sigma 1 stands for, ≥ 2, as the checkpoint's scheduler config says
     * @throws IllegalArgumentException naming the value out of range
     */
    public static DenoisePlan of(
            SolverKind solver, SigmaGrid grid, int steps, double shift, @Nullable Double boundary, int trainTimesteps) {
        check(trainTimesteps >= 2, "A model is trained with at least 2 timesteps, found " + trainTimesteps + ".");
        check(
                steps >= 1 && steps <= trainTimesteps,
                "The number of steps must be 1 to " + trainTimesteps + ", found " + steps + ".");
        check(shift > 0 && Double.isFinite(shift), "The flow shift must be above 0, found " + shift + ".");
        check(
                boundary == null || (boundary >= 0 && boundary <= 1),
                "The boundary ratio must be 0 to 1, found " + boundary + ".");
        double[] sigmas = new SigmaSchedule(steps, shift, trainTimesteps).sigmas(solver, grid);
        return new DenoisePlan(
                solver,
                IntStream.range(0, steps)
                        .mapToObj(i -> step(
                                i, sigmas[i], timestep(solver, sigmas[i], trainTimesteps), boundary, trainTimesteps))
                        .toList());
    }

    private static float timestep(SolverKind solver, double sigma, int trainTimesteps) {
        return solver == SolverKind.EULER ? (float) sigma * trainTimesteps : (int) (sigma * trainTimesteps);
    }

    private static DenoiseStep step(
            int index, double sigma, float timestep, @Nullable Double boundary, int trainTimesteps) {
        return new DenoiseStep(index, (float) sigma, timestep, expert(timestep, boundary, trainTimesteps));
    }

    private static Expert expert(float timestep, @Nullable Double boundary, int trainTimesteps) {
        if (boundary == null) {
            return Expert.ONLY;
        }
        return timestep >= boundary * trainTimesteps ? Expert.HIGH : Expert.LOW;
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
