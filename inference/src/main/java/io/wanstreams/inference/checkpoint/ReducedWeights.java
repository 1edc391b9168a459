package io.wanstreams.inference.checkpoint;

import io.wanstreams.inference.graph.LinearFormat;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.tensors.DType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A network's weights with its large layers in another format than F32: of transformers attention's four projections,
 * both attentions, and the two layers of the feed-forward net; of text encoders the same, and in BF16 the embedding. All
 * else stays F32: patch embedding, time and text embedding, modulation, norms, biases and the head. Source:
 * onnxruntime-notes.md §6, transformer-and-text.md §5.5.
 */
public final class ReducedWeights implements WeightSource {
    private static final Pattern LARGE = Pattern.compile(
            "blocks\\.\\d+\\.(attn[12]\\.to_(q|k|v|out\\.0)|ffn\\.net\\.(0\\.proj|2))\\.weight"
                    + "|encoder\\.block\\.\\d+\\.layer\\.\\d\\.(SelfAttention\\.[qkvo]|DenseReluDense\\.(wi_0|wi_1|wo))\\.weight");
    private static final Set<String> TABLES = Set.of("shared.weight", "encoder.embed_tokens.weight");

    private final Weights weights;
    private final Reduction reduction;

    ReducedWeights(Weights weights, Reduction reduction) {
        this.weights = weights;
        this.reduction = reduction;
    }

    /**
     * A network's weights in a precision.
     *
     * @param precision an effective one, not {@link Precision#AUTO}
     */
    public static WeightSource of(Precision precision, Weights weights) {
        return switch (precision) {
            case FP32 -> weights;
            case INT8 ->
                new ReducedWeights(
                        weights, new Int8Reduction(Processor.ofThisMachine().int8Limit()));
            case BF16 -> new ReducedWeights(weights, new Bfloat16Reduction());
            case W8 -> new ReducedWeights(weights, BytesReduction.FOR_BFLOAT16);
            case AUTO -> throw new IllegalArgumentException("It is not said what auto comes to.");
        };
    }

    /** {@link Precision#W8} for layers whose inputs are F32. */
    public static WeightSource bytesInFloats(Weights weights) {
        return new ReducedWeights(weights, new BytesReduction(DType.F32));
    }

    @Override
    public boolean has(String name) {
        return weights.has(name);
    }

    @Override
    public void require(String name, long... dims) {
        weights.require(name, dims);
    }

    @Override
    public LinearFormat format(String name) {
        boolean table = reduction.format() == LinearFormat.BFLOAT16 && TABLES.contains(name);
        return table || LARGE.matcher(name).matches() ? reduction.format() : LinearFormat.FLOAT;
    }

    @Override
    public Located locate(Set<String> names) {
        Set<String> floats = new TreeSet<>();
        Set<String> large = new TreeSet<>();
        for (String name : names) {
            int part = name.indexOf('#');
            if (part < 0) {
                floats.add(name);
            } else {
                large.add(name.substring(0, part));
            }
        }
        Map<String, StoredTensor> usable = new TreeMap<>(weights.usable(floats));
        weights.reduced(large, reduction).forEach((name, tensor) -> {
            if (names.contains(name)) {
                usable.put(name, tensor);
            }
        });
        return Placement.of(usable);
    }
}
