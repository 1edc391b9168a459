package io.wanstreams.inference.transformer;

import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.OnnxModel;
import io.wanstreams.inference.graph.Value;
import io.wanstreams.inference.graph.WeightSource;
import io.wanstreams.inference.layer.LayerNorm;
import io.wanstreams.inference.layer.Linear;
import io.wanstreams.inference.layer.RotaryEmbedding;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes the transformer's graph; frames, height and width stay open, counted in patches. Either whole, or in two: what the
 * blocks look at of a text, and all the rest.
 */
final class TransformerGraph {
    static final String LATENTS = "latents";
    static final String TIME = "time";
    static final String SELECTION = "selection";
    static final String TEXT = "text";
    static final String COS = "cos";
    static final String SIN = "sin";
    static final String VELOCITY = "velocity";

    private static final Dim FRAMES = Dim.named("frames");
    private static final Dim ROWS = Dim.named("rows");
    private static final Dim COLUMNS = Dim.named("columns");
    private static final Dim TEXT_ROWS = Dim.named("text_rows");
    private static final Dim TOKENS = Dim.product(List.of(FRAMES, ROWS, COLUMNS));

    private final TransformerConfig config;
    private final GraphBuilder graph;

    private TransformerGraph(TransformerConfig config, WeightSource weights, Flavour flavour) {
        this.config = config;
        this.graph = GraphBuilder.of("transformer", weights, flavour);
    }

    /** Text and latents in. */
    static OnnxModel build(TransformerConfig config, WeightSource weights, Flavour flavour) {
        return new TransformerGraph(config, weights, flavour).build(false);
    }

    /** Latents in, and every block's keys and values of a text. */
    static OnnxModel buildWithoutText(TransformerConfig config, WeightSource weights, Flavour flavour) {
        return new TransformerGraph(config, weights, flavour).build(true);
    }

    /** Text in, every block's keys and values of it out. */
    static OnnxModel buildText(TransformerConfig config, WeightSource weights, Flavour flavour) {
        TransformerGraph writer = new TransformerGraph(config, weights, flavour);
        Value text = writer.textProjection();
        for (int i = 0; i < config.layers(); i++) {
            String key = "blocks." + i;
            new TransformerBlock(key, config).ofText(writer.graph, text).leaving(writer.graph, key);
        }
        return writer.graph.build();
    }

    private OnnxModel build(boolean textGiven) {
        Value latents = graph.input(LATENTS, ElementType.FLOAT, latentDims(config.inChannels()));
        TimeConditioning time = timeConditioning();
        Optional<Value> text = textGiven ? Optional.empty() : Optional.of(textProjection());
        RotaryEmbedding rotary = rotary();
        Value x = patchEmbedding(latents);
        for (int i = 0; i < config.layers(); i++) {
            String key = "blocks." + i;
            TransformerBlock block = new TransformerBlock(key, config);
            Supplier<KeysValues> seen = () -> text.map(rows -> block.ofText(graph, rows))
                    .orElseGet(() -> KeysValues.entering(graph, key, TEXT_ROWS, config.width()));
            x = block.apply(graph, x, seen, time, rotary);
        }
        graph.output(VELOCITY, unpatchify(head(x, time)));
        return graph.build();
    }

    private List<Dim> latentDims(int channels) {
        return List.of(
                Dim.of(channels),
                FRAMES.times(config.patchTime()),
                ROWS.times(config.patchHeight()),
                COLUMNS.times(config.patchWidth()));
    }

    /** Latents to rows of patches, each in the order (channel, time, height, width), times the convolution's kernel. */
    private Value patchEmbedding(Value latents) {
        String key = "patch_embedding";
        GraphBuilder at = graph.at(key);
        long patch = (long) config.inChannels() * config.patchElements();
        Value split = at.reshape(
                latents,
                List.of(
                        Dim.of(config.inChannels()),
                        FRAMES,
                        Dim.of(config.patchTime()),
                        ROWS,
                        Dim.of(config.patchHeight()),
                        COLUMNS,
                        Dim.of(config.patchWidth())));
        Value rows = at.reshape(at.transpose(split, 1, 3, 5, 0, 2, 4, 6), List.of(TOKENS, Dim.of(patch)));
        long[] kernel = {
            config.width(), config.inChannels(), config.patchTime(), config.patchHeight(), config.patchWidth()
        };
        Value weight = at.weight(key + ".weight", kernel, new long[] {config.width(), patch});
        return at.gemm(rows, weight, at.weight(key + ".bias", config.width()));
    }

    private TimeConditioning timeConditioning() {
        long width = config.width();
        Value table =
                graph.input(TIME, ElementType.FLOAT, List.of(Dim.named("timesteps"), Dim.of(config.frequencyDim())));
        Value selection = graph.input(SELECTION, ElementType.INT64, List.of(Dim.named("selected")));
        String key = "condition_embedder.time_embedder";
        GraphBuilder at = graph.at(key);
        Value inner =
                Linear.withBias(key + ".linear_1", config.frequencyDim(), width).apply(graph, table);
        Value embedding = Linear.withBias(key + ".linear_2", width, width).apply(graph, at.silu(inner));
        Value projected = Linear.withBias("condition_embedder.time_proj", width, 6 * width)
                .apply(graph, at.silu(embedding));
        return new TimeConditioning(embedding, projected, selection, width);
    }

    private Value textProjection() {
        Value text = graph.input(TEXT, ElementType.FLOAT, List.of(TEXT_ROWS, Dim.of(config.textDim())));
        String key = "condition_embedder.text_embedder";
        Value inner = Linear.withBias(key + ".linear_1", config.textDim(), config.width())
                .apply(graph, text);
        return Linear.withBias(key + ".linear_2", config.width(), config.width())
                .apply(graph, graph.at(key).geluTanh(inner));
    }

    private RotaryEmbedding rotary() {
        List<Dim> dims = List.of(Dim.of(1), TOKENS, Dim.of(config.headSize() / 2));
        Value cos = graph.input(COS, ElementType.FLOAT, dims);
        Value sin = graph.input(SIN, ElementType.FLOAT, dims);
        return new RotaryEmbedding(cos, sin, config.heads());
    }

    private Value head(Value x, TimeConditioning time) {
        GraphBuilder at = graph.at("norm_out");
        List<Value> rows = time.ofHead(at);
        // Before the norm, see GraphBuilder: the blocks come first then.
        Value scale = Modulation.onePlus(at, rows.get(1));
        Value normed =
                LayerNorm.plain("norm_out", config.width(), config.epsilon()).apply(graph, x);
        Value modulated = at.add(at.mul(normed, scale), Modulation.forTokens(at, rows.get(0)));
        return Linear.withBias("proj_out", config.width(), (long) config.outChannels() * config.patchElements())
                .apply(graph, modulated);
    }

    /** Rows in the order (time, height, width, channel) back to latents. */
    private Value unpatchify(Value rows) {
        GraphBuilder at = graph.at("unpatchify");
        Value split = at.reshape(
                rows,
                List.of(
                        FRAMES,
                        ROWS,
                        COLUMNS,
                        Dim.of(config.patchTime()),
                        Dim.of(config.patchHeight()),
                        Dim.of(config.patchWidth()),
                        Dim.of(config.outChannels())));
        return at.reshape(at.transpose(split, 6, 0, 3, 1, 4, 2, 5), latentDims(config.outChannels()));
    }
}
