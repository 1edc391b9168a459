package io.wanstreams.inference.umt5;

import io.wanstreams.inference.checkpoint.TextEncoderConfig;
import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.LinearFormat;
import io.wanstreams.inference.graph.OnnxModel;
import io.wanstreams.inference.graph.PartName;
import io.wanstreams.inference.graph.Value;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.inference.layer.Linear;
import io.wanstreams.inference.layer.RmsNorm;
import java.util.List;

/** Writes the encoder's graph: ids [tokens] and buckets [tokens, tokens] in, rows [tokens, width] out. */
final class TextEncoderGraph {
    static final String IDS = "ids";
    static final String BUCKETS = "buckets";
    static final String ROWS = "rows";

    /** Both keys name the same table; a file may have either or both. */
    private static final List<String> EMBEDDINGS = List.of("shared.weight", "encoder.embed_tokens.weight");

    private final TextEncoderConfig config;
    private final GraphBuilder graph;

    private TextEncoderGraph(TextEncoderConfig config, WeightSource weights, Flavour flavour) {
        this.config = config;
        this.graph = GraphBuilder.of("text_encoder", weights, flavour);
    }

    static OnnxModel build(TextEncoderConfig config, WeightSource weights, Flavour flavour) {
        return new TextEncoderGraph(config, weights, flavour).build();
    }

    private OnnxModel build() {
        Dim tokens = Dim.named("tokens");
        Value ids = graph.input(IDS, ElementType.INT64, List.of(tokens));
        Value buckets = graph.input(BUCKETS, ElementType.INT64, List.of(tokens, tokens));
        String key = EMBEDDINGS.stream().filter(graph::hasWeight).findFirst().orElse(EMBEDDINGS.get(0));
        GraphBuilder at = graph.at(key);
        Value x = at.as(ElementType.FLOAT, at.gather(embedding(at, key), ids, 0));
        for (int layer = 0; layer < config.layers(); layer++) {
            x = block("encoder.block." + layer, x, buckets);
        }
        graph.output(ROWS, norm("encoder.final_layer_norm").apply(graph, x));
        return graph.build();
    }

    /** The table is wide: on GPUs it stays in half precision, and only the rows that are read are widened. */
    private Value embedding(GraphBuilder at, String key) {
        long[] dims = {config.vocabularySize(), config.width()};
        return at.format(key) == LinearFormat.BFLOAT16
                ? at.part(key, dims, PartName.BFLOAT16, ElementType.BFLOAT16, dims)
                : at.weight(key, dims);
    }

    private Value block(String key, Value x, Value buckets) {
        Value attended = graph.at(key).add(x, selfAttention(key + ".layer.0", x, buckets));
        return graph.at(key).add(attended, feedForward(key + ".layer.1", attended));
    }

    private Value selfAttention(String key, Value x, Value buckets) {
        long inner = (long) config.heads() * config.headSize();
        String attention = key + ".SelfAttention";
        GraphBuilder at = graph.at(attention);
        Value normed = norm(key + ".layer_norm").apply(graph, x);
        Value[] projected = new Value[3];
        for (int i = 0; i < projected.length; i++) {
            String name = attention + "." + "qkv".charAt(i);
            Value rows = Linear.withoutBias(name, config.width(), inner).apply(graph, normed);
            projected[i] = at.unsqueeze(rows, 0);
        }
        Value bias = bias(attention + ".relative_attention_bias", buckets);
        // No scaling by the head size: the weights are trained for it.
        Value merged = at.attention(projected[0], projected[1], projected[2], bias, config.heads(), 1);
        return Linear.withoutBias(attention + ".o", inner, config.width()).apply(graph, at.squeeze(merged, 0));
    }

    /** [tokens, tokens] buckets to [1, heads, tokens, tokens]. */
    private Value bias(String key, Value buckets) {
        GraphBuilder at = graph.at(key);
        Value table = at.weight(key + ".weight", config.relativeBuckets(), config.heads());
        return at.unsqueeze(at.transpose(at.gather(table, buckets, 0), 2, 0, 1), 0);
    }

    private Value feedForward(String key, Value x) {
        String dense = key + ".DenseReluDense";
        GraphBuilder at = graph.at(dense);
        Value normed = norm(key + ".layer_norm").apply(graph, x);
        Value gate = Linear.withoutBias(dense + ".wi_0", config.width(), config.feedForwardWidth())
                .apply(graph, normed);
        Value linear = Linear.withoutBias(dense + ".wi_1", config.width(), config.feedForwardWidth())
                .apply(graph, normed);
        Value product = at.mul(at.geluTanh(gate), linear);
        return Linear.withoutBias(dense + ".wo", config.feedForwardWidth(), config.width())
                .apply(graph, product);
    }

    private RmsNorm norm(String key) {
        return new RmsNorm(key, config.width(), config.epsilon());
    }
}
