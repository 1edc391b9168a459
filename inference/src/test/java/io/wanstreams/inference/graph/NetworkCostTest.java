package io.wanstreams.inference.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sizes worked out by hand: what lives at a time, in the order of the nodes. */
class NetworkCostTest {
    private static final Dim N = Dim.named("n");

    private final GraphBuilder graph = GraphBuilder.of("cost");
    private final Value x = graph.input("x", ElementType.FLOAT, List.of(N, Dim.of(8)));

    @Test
    void aBufferIsFreedAfterItsLastReader() {
        Value y = x;
        for (int i = 0; i < 5; i++) {
            y = graph.geluTanh(y);
        }
        graph.output("y", y);
        // The input, which the caller keeps, and two of the five results.
        assertThat(cost(10).workingBytes()).isEqualTo(3 * 10 * 8 * 4);
    }

    @Test
    void aRenamedBufferLivesAsLongAsItsNames() {
        Value first = graph.geluTanh(x);
        Value seen = graph.unsqueeze(first, 0);
        Value second = graph.geluTanh(graph.squeeze(seen, 0));
        graph.output("y", graph.concat(0, List.of(second, graph.squeeze(seen, 0))));
        // Input, first, second, and both in one.
        assertThat(cost(10).workingBytes()).isEqualTo(5 * 10 * 8 * 4);
    }

    @Test
    void elementsAreChangedWhereNobodyReadsThemAgain() {
        Value first = graph.geluTanh(x);
        graph.output("y", graph.add(first, x));
        assertThat(cost(10).workingBytes()).isEqualTo(2 * 10 * 8 * 4);
    }

    @Test
    void attentionHoldsNoScoresUnlessThereIsABias() {
        Value rows = graph.unsqueeze(graph.geluTanh(x), 0);
        graph.output("y", graph.attention(rows, rows, rows, null, 2, 1));
        // Input, rows and result, and q, k and v once more.
        assertThat(cost(10).workingBytes()).isEqualTo((3 + 3) * 10 * 8 * 4);
        assertThat(cost(10).flops()).isEqualTo(4.0 * 10 * 10 * 8);
    }

    @Test
    void productsAreCounted() {
        Value w = graph.input("w", ElementType.FLOAT, Dim.list(3, 8));
        graph.output("y", graph.gemm(x, w, null));
        assertThat(cost(10).flops()).isEqualTo(2.0 * 10 * 3 * 8);
    }

    @Test
    void anExtentThatNobodyGaveIsNamed() {
        graph.output("y", graph.geluTanh(x));
        OnnxModel model = graph.build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.cost(Map.of("m", 1L)))
                .withMessageContaining("n");
    }

    private NetworkCost cost(long n) {
        return graph.build().cost(Map.of("n", n));
    }
}
