package io.wanstreams.inference.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
    private static final Dim N = Dim.named("n");
    private static final Dim H = Dim.named("h");

    private final GraphBuilder graph = GraphBuilder.of("test");
    private final GraphBuilder layer = graph.at("blocks.7").at("attn1.to_q");
    private final Value rows = graph.input("rows", ElementType.FLOAT, List.of(N, Dim.of(4)));
    private final Value image =
            graph.input("image", ElementType.FLOAT, List.of(Dim.of(1), Dim.of(3), H.times(2), Dim.named("w")));

    @Test
    void namesTheLayerThatDoesNotFit() {
        Value weight = graph.constant(new float[10], 2, 5);
        refuses(() -> layer.gemm(rows, weight, null), "Layer blocks.7.attn1.to_q: Gemm does not fit");
        refuses(() -> layer.add(rows, graph.constant(new float[3], 3)), "blocks.7.attn1.to_q: Add does not fit");
        refuses(() -> layer.matMul(rows, weight), "MatMul does not fit");
    }

    @Test
    void refusesTypesThatDoNotMix() {
        refuses(() -> layer.add(rows, graph.ints(1)), "Add mixes FLOAT[n, 4] and INT64[1]");
        refuses(() -> layer.gather(rows, rows, 0), "integer indices");
    }

    @Test
    void refusesValuesOfAnotherGraph() {
        Value foreign = GraphBuilder.of("other").input("x", ElementType.FLOAT, List.of(N, Dim.of(4)));
        refuses(() -> layer.add(rows, foreign), "a value of another graph");
    }

    @Test
    void followsShapesThroughConvolutions() {
        Value kernel = graph.constant(new float[2 * 3 * 9], 2, 3, 3, 3);
        Value same = layer.conv(image, kernel, null, ConvShape.plain(2).pads(1, 1));
        assertThat(same.dims()).containsExactly(Dim.of(1), Dim.of(2), H.times(2), Dim.named("w"));
        Value halved = layer.conv(
                image, kernel, null, ConvShape.plain(2).strides(2, 1).pads(new long[] {1, 1}, new long[] {1, 1}));
        assertThat(halved.dim(2)).hasToString("floor((2*h-1)/2)+1");
        refuses(() -> layer.conv(rows, kernel, null, ConvShape.plain(2)), "Conv does not fit");
        Value wide = graph.constant(new float[2 * 4 * 9], 2, 4, 3, 3);
        refuses(() -> layer.conv(image, wide, null, ConvShape.plain(2)), "does not take the channels");
    }

    @Test
    void followsShapesThroughCutsAndJoins() {
        assertThat(layer.concat(0, List.of(rows, rows)).dim(0)).isEqualTo(N.times(2));
        assertThat(layer.slice(rows, 0, 1, Long.MAX_VALUE).dim(0)).isEqualTo(N.plus(-1));
        assertThat(layer.slice(rows, 0, -2, Long.MAX_VALUE).dim(0)).isEqualTo(Dim.of(2));
        assertThat(layer.split(rows, 1, 1, 3))
                .extracting(part -> part.dim(1).size())
                .containsExactly(1L, 3L);
        assertThat(layer.transpose(image, 0, 2, 3, 1).dim(3)).isEqualTo(Dim.of(3));
        assertThat(layer.upsampleNearest(image, 2, 2).dim(2)).isEqualTo(H.times(4));
        assertThat(layer.reduceL2(image, true, 1).dim(1)).isEqualTo(Dim.of(1));
        assertThat(layer.squeeze(layer.unsqueeze(rows, 0), 0).dims()).isEqualTo(rows.dims());
        refuses(() -> layer.split(rows, 1, 1, 2), "add up to 3");
        refuses(() -> layer.concat(1, List.of(rows, image)), "different ranks");
        refuses(() -> layer.slice(rows, 1, 0, 9), "ends beyond");
        refuses(() -> layer.transpose(rows, 0, 0), "axis 0 is twice");
        refuses(() -> layer.squeeze(rows, 1), "extent 1");
    }

    @Test
    void refusesAReshapeThatLosesElements() {
        assertThat(layer.reshape(rows, List.of(N.times(2), Dim.of(2))).dim(0)).isEqualTo(N.times(2));
        refuses(() -> layer.reshape(rows, List.of(N, Dim.of(5))), "different numbers of elements");
        Dim unknown = Dim.named("unknown");
        Value twice = layer.assume(rows, List.of(unknown.times(unknown), Dim.of(4)));
        refuses(() -> layer.reshape(twice, List.of(unknown, unknown, Dim.of(4))), "no input of the graph tells");
    }

    @Test
    void refusesAttentionOfOddShapes() {
        Value one = layer.unsqueeze(rows, 0);
        assertThat(layer.attention(one, one, one, null, 2, 1).dims()).isEqualTo(one.dims());
        refuses(() -> layer.attention(one, one, one, null, 3, 1), "with 3 heads");
        refuses(() -> layer.attention(one, one, one, rows, 2, 1), "bias");
        refuses(() -> layer.rotaryEmbedding(one, one, one, 2), "RotaryEmbedding does not fit");
    }

    @Test
    void refusesTwoInputsOfOneName() {
        refuses(() -> graph.input("rows", ElementType.FLOAT, List.of()), "already has a value named rows");
        graph.output("result", rows);
        refuses(() -> graph.output("result", rows), "already has a value named result");
    }

    private static void refuses(ThrowingCallable building, String sentence) {
        assertThatExceptionOfType(GraphException.class).isThrownBy(building).withMessageContaining(sentence);
    }
}
