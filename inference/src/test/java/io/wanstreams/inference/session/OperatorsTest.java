package io.wanstreams.inference.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanstreams.inference.graph.ConvShape;
import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Each operator as the runtime understands it, on numbers small enough to compute by hand. */
class OperatorsTest {
    private static final float[] FOUR = {1, -2, 3, -4};

    @Test
    void computesElementByElement() {
        close(run((g, x) -> g.sub(g.mul(x, x), g.scalar(1))), 0, 3, 8, 15);
        close(run((g, x) -> g.div(x, g.scalar(2))), 0.5, -1, 1.5, -2);
        close(run((g, x) -> g.max(x, g.scalar(0))), 1, 0, 3, 0);
        close(run((g, x) -> g.clip(x, g.scalar(-1), g.scalar(2))), 1, -1, 2, -1);
        close(run((g, x) -> g.sqrt(g.mul(x, x))), 1, 2, 3, 4);
        close(run((g, x) -> g.silu(x)), 0.731059, -0.238406, 2.857722, -0.071945);
        close(run((g, x) -> g.sigmoid(x)), 0.731059, 0.119203, 0.952574, 0.017986);
        // 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))
        close(run((g, x) -> g.geluTanh(x)), 0.841192, -0.045402, 2.996363, -0.000070);
        close(run((g, x) -> g.cast(g.cast(x, ElementType.INT64), ElementType.FLOAT)), 1, -2, 3, -4);
    }

    @Test
    void computesRows() {
        close(run((g, x) -> g.softmax(x, -1)), 0.952574, 0.047426, 0.999089, 0.000911);
        close(run((g, x) -> g.reduceSum(x, false, 1)), -1, -1);
        close(run((g, x) -> g.reduceMean(x, true, 0)), 2, -3);
        close(run((g, x) -> g.reduceL2(x, true, -1)), 2.236068, 5);
        close(run((g, x) -> g.layerNormalization(x, g.constant(new float[] {1, 2}, 2), null, 0)), 1, -2, 1, -2);
        close(
                run((g, x) -> g.rmsNormalization(x, g.constant(new float[] {1, 1}, 2), 0)),
                0.632456,
                -1.264911,
                0.848528,
                -1.131371);
    }

    @Test
    void computesProducts() {
        close(run((g, x) -> g.matMul(x, x)), -5, 6, -9, 10);
        close(run((g, x) -> g.gemm(x, x, g.constant(new float[] {10, 20}, 2))), 15, 31, 21, 45);
    }

    @Test
    void movesElements() {
        close(run((g, x) -> g.transpose(x, 1, 0)), 1, 3, -2, -4);
        close(run((g, x) -> g.concat(0, List.of(g.slice(x, 0, 1, 2), g.slice(x, 0, 0, -1)))), 3, -4, 1, -2);
        close(run((g, x) -> g.split(x, 1, 1, 1).get(1)), -2, -4);
        close(run((g, x) -> g.gather(x, g.ints(1, 1), 0)), 3, -4, 3, -4);
        close(run((g, x) -> g.expand(g.slice(x, 0, 0, 1), Dim.list(2, 2))), 1, -2, 1, -2);
        close(run((g, x) -> g.upsampleNearest(g.unsqueeze(g.unsqueeze(x, 0), 0), 1, 2)), 1, 1, -2, -2, 3, 3, -4, -4);
    }

    @Test
    void convolves() {
        close(
                run((g, x) -> g.conv(
                        g.unsqueeze(x, 0),
                        g.constant(new float[] {1, 0, 0, 1}, 1, 2, 2),
                        g.constant(new float[] {0.5f}, 1),
                        ConvShape.plain(1).pads(new long[] {1}, new long[] {0}))),
                3.5,
                -2.5);
        close(
                run((g, x) -> g.convTranspose(
                        g.unsqueeze(x, 0),
                        g.constant(new float[] {1, 2, 0, 1}, 2, 1, 2),
                        null,
                        ConvShape.plain(1).strides(2))),
                1,
                5,
                -2,
                -8);
    }

    /** Position 0 is not rotated; position 1 by a quarter turn: (a, b) becomes (−b, a). */
    @Test
    void rotatesAdjacentPairs() {
        close(
                run((g, x) -> g.rotaryEmbedding(
                        g.unsqueeze(x, 0),
                        g.constant(new float[] {1, 0}, 1, 2, 1),
                        g.constant(new float[] {0, 1}, 1, 2, 1),
                        1)),
                1,
                -2,
                4,
                3);
    }

    @Test
    void attendsWithAndWithoutBias() {
        close(
                run((g, x) -> g.attention(
                        g.mul(g.unsqueeze(x, 0), g.scalar(0)), g.unsqueeze(x, 0), g.unsqueeze(x, 0), null, 1, 1)),
                2,
                -3,
                2,
                -3);
        close(
                run((g, x) -> g.attention(
                        g.mul(g.unsqueeze(x, 0), g.scalar(0)),
                        g.unsqueeze(x, 0),
                        g.unsqueeze(x, 0),
                        g.constant(new float[] {0, -1000, -1000, 0}, 1, 1, 2, 2),
                        1,
                        1)),
                1,
                -2,
                3,
                -4);
    }

    private static float[] run(BiFunction<GraphBuilder, Value, Value> build) {
        GraphBuilder graph = GraphBuilder.of("operator");
        Value x = graph.input("x", ElementType.FLOAT, Dim.list(2, 2));
        Value y = build.apply(graph, x);
        graph.output("y", y);
        try (Session session = Session.open(
                        graph.build(), Device.CPU, SessionSettings.defaults().threads(1));
                SessionTensor input = SessionTensor.of(FOUR, 2, 2);
                Results results = session.run(Map.of("x", input))) {
            assertThat(results.get("y").dims())
                    .isEqualTo(y.dims().stream().mapToLong(Dim::size).toArray());
            return results.get("y").toFloats();
        }
    }

    private static void close(float[] found, double... expected) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as("element %d", i).isCloseTo(expected[i], within(2e-6));
        }
    }
}
