package io.wanstreams.inference.graph;

import static io.wanstreams.inference.graph.GraphBuilder.CONTRIB;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Attention, and the positions it knows of. */
public sealed interface AttentionOperators extends Operators permits GraphBuilder {
    /** Rotates adjacent pairs of each head: x [1, n, heads·size], cos and sin [1, n, size/2]. */
    default Value rotaryEmbedding(Value x, Value cos, Value sin, long heads) {
        boolean fits = x.rank() == 3
                && cos.dims().equals(sin.dims())
                && cos.rank() == 3
                && cos.dim(1).equals(x.dim(1))
                && x.dim(2).equals(cos.dim(2).times(2 * heads));
        if (!fits) {
            throw refused("RotaryEmbedding does not fit: " + x + " with " + heads + " heads and tables " + cos);
        }
        Attributes how = Attributes.none().with("interleaved", 1).with("num_heads", heads);
        return one("RotaryEmbedding", List.of(x, cos, sin), how, x.type(), x.dims());
    }

    /**
     * softmax(scale · q kᵀ + bias) v for each head, in the flavour's type, by the operators that its device does best.
     *
     * @param q [1, n, heads·size]
     * @param k [1, m, heads·size]
     * @param v [1, m, heads·size]
     * @param bias [1, heads, n, m], or none; without one no device holds n × m numbers for all heads
     * @return [1, n, heads·size]
     */
    default Value attention(Value q, Value k, Value v, @Nullable Value bias, long heads, double scale) {
        boolean fits = q.rank() == 3
                && k.dims().equals(v.dims())
                && k.rank() == 3
                && q.dim(2).equals(k.dim(2))
                && q.dim(2).isFixed()
                && q.dim(2).size() % heads == 0;
        if (!fits) {
            throw refused("Attention does not fit: " + q + ", " + k + ", " + v + " with " + heads + " heads");
        }
        if (bias != null && !bias.dims().equals(List.of(Dim.of(1), Dim.of(heads), q.dim(1), k.dim(1)))) {
            throw refused("Attention does not fit: bias " + bias + " for " + q + " and " + k);
        }
        ElementType type = flavour().operands();
        List<Value> in = Stream.of(q, k, v).map(x -> typed(x, type)).toList();
        @Nullable Value typedBias = bias == null ? null : typed(bias, type);
        return switch (flavour().provider()) {
            case CPU -> contribAttention(in, typedBias, heads, scale);
            case CUDA -> standardAttention(in, typedBias, heads, scale);
            case TENSORRT -> plainAttention((GraphBuilder) this, in, typedBias, heads, scale);
        };
    }

    private Value typed(Value x, ElementType type) {
        return ((GraphBuilder) this).as(type, x);
    }

    private Value contribAttention(List<Value> qkv, @Nullable Value bias, long heads, double scale) {
        List<Value> in = new ArrayList<>(qkv);
        if (bias != null) {
            in.addAll(List.of(absent(), absent(), bias));
        }
        Attributes how = Attributes.none().with("num_heads", heads).with("scale", (float) scale);
        return node(CONTRIB, "MultiHeadAttention", in, how, List.of(Result.like(qkv.get(0))))
                .get(0);
    }

    private Value standardAttention(List<Value> qkv, @Nullable Value bias, long heads, double scale) {
        List<Value> in = new ArrayList<>(qkv);
        if (bias != null) {
            in.add(bias);
        }
        Attributes how = Attributes.none()
                .with("q_num_heads", heads)
                .with("kv_num_heads", heads)
                .with("scale", (float) scale);
        Value q = qkv.get(0);
        return one("Attention", in, how, q.type(), q.dims());
    }

    /** [1, n, heads·size] to [1, heads, n, size] and back, with the two products and the softmax between. */
    private static Value plainAttention(
            GraphBuilder graph, List<Value> qkv, @Nullable Value bias, long heads, double scale) {
        Value q = qkv.get(0);
        long size = q.dim(2).size() / heads;
        List<Value> split = qkv.stream()
                .map(x -> graph.reshape(x, List.of(Dim.of(1), x.dim(1), Dim.of(heads), Dim.of(size))))
                .toList();
        Value factor = graph.as(q.type(), graph.scalar((float) scale));
        Value scaled = graph.mul(graph.transpose(split.get(0), 0, 2, 1, 3), factor);
        Value scores = graph.matMul(scaled, graph.transpose(split.get(1), 0, 2, 3, 1));
        Value shares = graph.softmax(bias == null ? scores : graph.add(scores, bias), -1);
        Value mixed = graph.matMul(shares, graph.transpose(split.get(2), 0, 2, 1, 3));
        return graph.reshape(graph.transpose(mixed, 0, 2, 1, 3), q.dims());
    }
}
