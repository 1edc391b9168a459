package io.wanstreams.bench.checkpoint;

import io.wanstreams.tensors.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a checkpoint of a video holds: latents and the solver's history, F32 [channels, frames, height, width] each. */
public final class SolverState {

    private static final String[] NAMES = {
        "latents", "solver.last_sample", "solver.model_output.0", "solver.model_output.1"
    };

    private final Map<String, float[]> tensors;
    private final long[] dims;

    private SolverState(Map<String, float[]> tensors, long[] dims) {
        this.tensors = tensors;
        this.dims = dims;
    }

    /** Noise of these latents' shape. */
    public static SolverState of(long... dims) {
        int values = Math.toIntExact(Arrays.stream(dims).reduce(1, Math::multiplyExact));
        Random random = new Random(1);
        Map<String, float[]> tensors = new TreeMap<>();
        for (String name : NAMES) {
            float[] noise = new float[values];
            for (int i = 0; i < values; i++) {
                noise[i] = random.nextFloat();
            }
            tensors.put(name, noise);
        }
        return new SolverState(tensors, dims);
    }

    Map<String, Tensor> toTensors() {
        Map<String, Tensor> result = new TreeMap<>();
        tensors.forEach((name, values) -> result.put(name, Tensor.of(values, dims)));
        return result;
    }

    /** Of all tensors together. */
    public long bytes() {
        return tensors.values().stream().mapToLong(values -> 4L * values.length).sum();
    }
}
