package io.wanstreams.inference.checkpoint;

import io.wanstreams.inference.graph.Int8Name;
import io.wanstreams.inference.graph.WeightSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A transformer's weights with the large layers of its blocks in eight bits: attention's four projections, both
 * attentions, and the two layers of the feed-forward net. Everything else stays F32: patch embedding, time and text
 * embedding, modulation, norms, biases and the head. Source: onnxruntime-notes.md §6.
 */
public final class Int8Weights implements WeightSource {
    private static final Pattern LARGE =
            Pattern.compile("blocks\\.\\d+\\.(attn[12]\\.to_(q|k|v|out\\.0)|ffn\\.net\\.(0\\.proj|2))\\.weight");

    private final Weights weights;
    private final Processor processor;

    /** @param processor decides how many bits are safe */
    Int8Weights(Weights weights, Processor processor) {
        this.weights = weights;
        this.processor = processor;
    }

    /** A transformer's weights as this machine computes with them in that precision. */
    public static WeightSource chosen(Precision precision, Weights weights) {
        Processor processor = Processor.ofThisMachine();
        return precision.effective(weights.floatBytes(), processor) == Precision.INT8
                ? new Int8Weights(weights, processor)
                : weights;
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
    public boolean isInt8(String name) {
        return LARGE.matcher(name).matches();
    }

    @Override
    public Located locate(Set<String> names) {
        Set<String> floats = new TreeSet<>();
        Set<String> large = new TreeSet<>();
        for (String name : names) {
            if (name.endsWith(Int8Name.VALUES)) {
                large.add(name.substring(0, name.length() - Int8Name.VALUES.length()));
            } else if (!name.endsWith(Int8Name.SCALE)) {
                floats.add(name);
            }
        }
        Map<String, StoredTensor> usable = new TreeMap<>(weights.usable(floats));
        if (!large.isEmpty()) {
            StoredTensor.of(weights.int8(large, processor.int8Limit())).forEach((name, tensor) -> {
                if (names.contains(name)) {
                    usable.put(name, tensor);
                }
            });
        }
        return Placement.of(usable);
    }
}
