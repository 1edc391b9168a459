package io.wanstreams.inference.vae;

import io.wanstreams.inference.checkpoint.CheckpointException;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.graph.Dim;
import io.wanstreams.inference.graph.ElementType;
import io.wanstreams.inference.graph.Flavour;
import io.wanstreams.inference.graph.GraphBuilder;
import io.wanstreams.inference.graph.Value;
import io.wanstreams.inference.graph.WeightSource;
import java.util.List;

/**
 * The encoder for one chunk: one frame in the first chunk and several later, one latent frame out: the mean, normalised.
 * Source: vae.md §3, §4, §6.
 */
final class EncoderGraph {

    static final String PIXELS = "pixels";
    static final String LATENTS = "latents";

    private static final int COLOURS = 3;

    private final VaeConfig config;
    private final GraphBuilder graph;
    private final ChunkContext context;
    private int block;

    private EncoderGraph(VaeConfig config, GraphBuilder graph, ChunkContext context) {
        this.config = config;
        this.graph = graph;
        this.context = context;
    }

    static ChunkGraph of(VaeConfig config, WeightSource weights, Flavour flavour, boolean firstChunk) {
        int pixels = config.patch() * config.patch();
        if (config.inChannels() != COLOURS * pixels) {
            throw new CheckpointException("The VAE's config has in_channels " + config.inChannels()
                    + ", expected three colours of a patch, " + COLOURS * pixels + ".");
        }
        GraphBuilder graph = GraphBuilder.of(firstChunk ? "vae.encoder.first" : "vae.encoder.next", weights, flavour);
        ChunkContext context = new ChunkContext(graph, firstChunk);
        long stride = config.pixelsPerLatent();
        List<Dim> dims = List.of(
                Dim.of(1),
                Dim.of(COLOURS),
                Dim.of(firstChunk ? 1 : config.framesPerLatent()),
                Dim.named("height").times(stride),
                Dim.named("width").times(stride));
        Value frames = graph.input(PIXELS, ElementType.FLOAT, dims);
        graph.output(LATENTS, new EncoderGraph(config, graph, context).latents(frames));
        return new ChunkGraph(graph.build(), PIXELS, LATENTS, context.names());
    }

    private Value latents(Value frames) {
        long last = width(config.widthMultipliers().size());
        long moments = 2L * config.latentChannels();
        Value x = Patches.fold(graph, config.patch(), frames);
        x = CausalConv3d.cube("encoder.conv_in", config.inChannels(), width(0)).apply(graph, context, x);
        for (int stage = 0; stage < config.widthMultipliers().size(); stage++) {
            x = stage(stage, x);
        }
        x = new MiddleBlock("encoder.mid_block", last).apply(graph, context, x);
        x = PixelNorm.silu(graph, "encoder.norm_out", last, x);
        x = CausalConv3d.cube("encoder.conv_out", last, moments).apply(graph, context, x);
        x = CausalConv3d.pointwise(graph, "quant_conv", moments, moments, x);
        return new LatentMoments(config).normalised(graph, graph.slice(x, 1, 0, config.latentChannels()));
    }

    private Value stage(int stage, Value x) {
        String name = "encoder.down_blocks." + stage;
        long in = width(stage);
        long out = width(stage + 1);
        boolean down = stage < config.temporalDownsample().size();
        boolean time = down && config.temporalDownsample().get(stage);
        Value y = x;
        for (int i = 0; i < config.residualBlocks(); i++) {
            String key = config.residual() ? name + ".resnets." + i : nextBlock();
            y = new ResidualBlock(key, i == 0 ? in : out, out).apply(graph, context, y);
        }
        if (down) {
            String key = config.residual() ? name + ".downsampler" : nextBlock();
            y = new Downsampler(key, out, time).apply(graph, context, y);
        }
        return config.residual()
                ? graph.at(name).add(y, new AveragingShortcut(name, in, out, time, down).apply(graph, x))
                : y;
    }

    /** The Wan2.1 encoder numbers its blocks through. */
    private String nextBlock() {
        return "encoder.down_blocks." + block++;
    }

    /** Channels before stage i. */
    private long width(int i) {
        return (long) config.baseWidth()
                * (i == 0 ? 1 : config.widthMultipliers().get(i - 1));
    }
}
