package io.wanstreams.inference.graph;

import static io.wanstreams.inference.graph.GraphBuilder.CONTRIB;

import java.util.List;
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
     * softmax(scale · q kᵀ + bias) v for each head: q [1, n, heads·size], k and v [1, m, heads·size], bias [1, heads, n, m]
     * or none. Without a bias the runtime never holds n × m numbers.
     */
    default Value multiHeadAttention(Value q, Value k, Value v, @Nullable Value bias, long heads, double scale) {
        boolean fits = q.rank() == 3
                && k.dims().equals(v.dims())
                && k.rank() == 3
                && q.dim(2).equals(k.dim(2))
                && q.dim(2).isFixed()
                && q.dim(2).size() % heads == 0;
        if (!fits) {
            throw refused("MultiHeadAttention does not fit: " + q + ", " + k + ", " + v + " with " + heads + " heads");
        }
        List<Value> in =
                bias == null ? List.of(q, k, v) : List.of(q, k, v, absent(), absent(), checkedBias(bias, q, k, heads));
        Attributes how = Attributes.none().with("num_heads", heads).with("scale", (float) scale);
        return node(CONTRIB, "MultiHeadAttention", in, how, List.of(Result.like(q)))
                .get(0);
    }

    private Value checkedBias(Value bias, Value q, Value k, long heads) {
        if (!bias.dims().equals(List.of(Dim.of(1), Dim.of(heads), q.dim(1), k.dim(1)))) {
            throw refused("MultiHeadAttention does not fit: bias " + bias + " for " + q + " and " + k);
        }
        return bias;
    }
}
