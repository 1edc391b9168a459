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
 * The decoder for one chunk: one latent frame in, one frame out in the first chunk and several later. Source: vae.md §3,
 * §4, §6.
 * Frames are not yet limited to −1 … 1: tiles are blended first.
 */
record DecoderGraph(VaeConfig config, GraphBuilder graph, ChunkContext context) {

    static final String LATENTS = "latents";
    static final String FRAMES = "frames";

    private static final int COLOURS = 3;

    static ChunkGraph of(VaeConfig config, WeightSource weights, Flavour flavour, boolean firstChunk) {
        int pixels = config.patch() * config.patch();
        if (config.outChannels() != COLOURS * pixels) {
            throw new CheckpointException("The VAE's config has out_channels " + config.outChannels()
                    + ", expected three colours of a patch, " + COLOURS * pixels + ".");
        }
        GraphBuilder graph = GraphBuilder.of(firstChunk ? "vae.decoder.first" : "vae.decoder.next", weights, flavour);
        ChunkContext context = new ChunkContext(graph, firstChunk);
        List<Dim> dims =
                List.of(Dim.of(1), Dim.of(config.latentChannels()), Dim.of(1), Dim.named("height"), Dim.named("width"));
        Value latents = graph.input(LATENTS, ElementType.FLOAT, dims);
        graph.output(FRAMES, new DecoderGraph(config, graph, context).frames(latents));
        return new ChunkGraph(graph.build(), LATENTS, FRAMES, context.names());
    }

    private Value frames(Value latents) {
        List<Integer> widths = config.widthMultipliers();
        long last = (long) config.decoderBaseWidth() * widths.get(0);
        Value x = stages(middle(denormalised(latents)));
        x = PixelNorm.silu(graph, "decoder.norm_out", last, x);
        x = CausalConv3d.cube("decoder.conv_out", last, config.outChannels()).apply(graph, context, x);
        return Patches.unfold(graph, config.patch(), x);
    }

    /** Not folded into what follows: its zero padding would then be wrong at the borders. */
    private Value denormalised(Value latents) {
        long z = config.latentChannels();
        Value scaled = new LatentMoments(config).denormalised(graph, latents);
        return CausalConv3d.pointwise(graph, "post_quant_conv", z, z, scaled);
    }

    private Value middle(Value latents) {
        long width = width(0);
        Value x = CausalConv3d.cube("decoder.conv_in", config.latentChannels(), width)
                .apply(graph, context, latents);
        return new MiddleBlock("decoder.mid_block", width).apply(graph, context, x);
    }

    private Value stages(Value middle) {
        Value x = middle;
        for (int stage = 0; stage < config.widthMultipliers().size(); stage++) {
            x = stage(stage, x);
        }
        return x;
    }

    private Value stage(int stage, Value x) {
        String name = "decoder.up_blocks." + stage;
        long in = stage == 0 ? width(0) : afterUpsampler(width(stage));
        long out = width(stage + 1);
        Value y = x;
        for (int block = 0; block <= config.residualBlocks(); block++) {
            y = new ResidualBlock(name + ".resnets." + block, block == 0 ? in : out, out).apply(graph, context, y);
        }
        if (stage == config.widthMultipliers().size() - 1) {
            return y;
        }
        boolean time = temporal(stage);
        String upsampler = name + (config.residual() ? ".upsampler" : ".upsamplers.0");
        y = new Upsampler(upsampler, out, afterUpsampler(out), time).apply(graph, context, y);
        return config.residual()
                ? graph.at(name).add(y, new DuplicatingShortcut(name, in, out, time).apply(graph, context.isFirst(), x))
                : y;
    }

    /** The decoder goes the encoder's way back. */
    private boolean temporal(int stage) {
        List<Boolean> down = config.temporalDownsample();
        return down.get(down.size() - 1 - stage);
    }

    /** Channels of the middle (0) and after the residual blocks of stage i − 1. */
    private long width(int i) {
        List<Integer> widths = config.widthMultipliers();
        int fromEnd = i == 0 ? widths.size() - 1 : widths.size() - i;
        return (long) config.decoderBaseWidth() * widths.get(fromEnd);
    }

    private long afterUpsampler(long width) {
        return config.residual() ? width : width / 2;
    }
}
