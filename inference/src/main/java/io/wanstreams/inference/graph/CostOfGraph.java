package io.wanstreams.inference.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plays a run of a graph with sizes instead of numbers, in the runtime's order ({@link RunOrder}). A buffer is freed after
 * its last reader, as the runtime does without an arena (onnxruntime-notes.md §5). Results of operators that
 * only rename their input share its buffer; the element-by-element ones take over an input's buffer when they are its
 * last reader.
 */
final class CostOfGraph {
    private static final Set<String> RENAMING = Set.of("Reshape", "Squeeze", "Unsqueeze", "Identity");
    private static final Set<String> IN_PLACE = Set.of("Add", "Sub", "Mul", "Div", "Sigmoid", "Sqrt", "Clip");

    private final Model model;
    private final Map<String, Long> extents;
    private final Map<String, String> bufferOf = new HashMap<>();
    private final Map<String, Integer> readers = new HashMap<>();
    private final Map<String, Long> live = new HashMap<>();
    private long bytes;
    private long peak;
    private double flops;

    CostOfGraph(Model model, Map<String, Long> extents) {
        this.model = model;
        this.extents = extents;
    }

    NetworkCost total() {
        countReaders();
        model.inputs.values().forEach(input -> take(input.name(), size(input)));
        RunOrder.of(model).forEach(this::run);
        long weights = model.weights.values().stream().mapToLong(this::size).sum();
        return new NetworkCost(weights, peak, flops);
    }

    /** Inputs and outputs have one reader more: the caller, who keeps them to the end. */
    private void countReaders() {
        for (Model.Use use : model.uses) {
            String first = buffer(use.in().get(0));
            use.in().forEach(value -> readers.merge(buffer(value), 1, Integer::sum));
            for (Value result : use.out()) {
                bufferOf.put(result.name(), RENAMING.contains(use.op()) ? first : result.name());
            }
        }
        model.inputs.keySet().forEach(name -> readers.merge(name, 1, Integer::sum));
        model.outputs.values().forEach(value -> readers.merge(buffer(value), 1, Integer::sum));
    }

    private String buffer(Value value) {
        return bufferOf.getOrDefault(value.name(), value.name());
    }

    private void run(Model.Use use) {
        String reused = IN_PLACE.contains(use.op()) ? dying(use) : "";
        for (Value result : use.out()) {
            if (buffer(result).equals(result.name()) && reused.isEmpty()) {
                take(result.name(), size(result));
            }
        }
        peak = Math.max(peak, Math.addExact(bytes, workspace(use)));
        flops += flops(use);
        if (!reused.isEmpty()) {
            live.put(use.out().get(0).name(), live.remove(reused));
        }
        use.in().forEach(this::read);
    }

    /** An input of the result's size that nobody reads afterwards; empty if there is none. */
    private String dying(Model.Use use) {
        long wanted = size(use.out().get(0));
        return use.in().stream()
                .map(this::buffer)
                .filter(name -> readers.getOrDefault(name, 0) == 1 && live.getOrDefault(name, -1L) == wanted)
                .findFirst()
                .orElse("");
    }

    private void read(Value value) {
        String name = buffer(value);
        if (readers.merge(name, -1, Integer::sum) == 0 && live.containsKey(name)) {
            bytes -= live.remove(name);
        }
    }

    private void take(String name, long size) {
        live.put(name, size);
        bytes = Math.addExact(bytes, size);
        peak = Math.max(peak, bytes);
    }

    /** Attention turns q, k and v to one block per head, and holds all scores only where there is a bias. */
    private long workspace(Model.Use use) {
        return switch (use.op()) {
            case "MultiHeadAttention", "Attention" -> {
                long turned =
                        use.in().subList(0, 3).stream().mapToLong(this::size).sum();
                boolean biased = use.in().size() > 3;
                yield turned
                        + (biased
                                ? size(use.in().get(use.in().size() - 1))
                                        + size(use.out().get(0))
                                : 0);
            }
            case "Conv", "ConvTranspose" -> size(use.out().get(0));
            default -> 0;
        };
    }

    private double flops(Model.Use use) {
        List<Value> in = use.in();
        return switch (use.op()) {
            case "Gemm", "MatMul", "DynamicQuantizeMatMul", "MatMulNBits" ->
                2.0 * elements(use.out().get(0)) * inner(in.get(0));
            case "MultiHeadAttention", "Attention" ->
                4.0 * elements(in.get(0)) * extent(in.get(1).dim(1));
            case "Conv" ->
                2.0
                        * elements(use.out().get(0))
                        * elements(in.get(1))
                        / extent(in.get(1).dim(0));
            default -> 0;
        };
    }

    private long inner(Value rows) {
        return extent(rows.dim(-1));
    }

    private long size(Value value) {
        return Math.multiplyExact(elements(value), (long) value.type().byteSize());
    }

    private long elements(Value value) {
        return value.dims().stream().mapToLong(this::extent).reduce(1, Math::multiplyExact);
    }

    private long extent(Dim dim) {
        return dim.at(extents);
    }
}
