package io.wanstreams.inference.memory;

import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.Precision;
import io.wanstreams.inference.checkpoint.ReducedWeights;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.checkpoint.Weights;
import io.wanstreams.inference.graph.NetworkCost;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Transformer;
import io.wanstreams.inference.transformer.TransformerSetup;
import io.wanstreams.inference.umt5.TextEncoder;
import io.wanstreams.inference.vae.VaeDecoder;
import io.wanstreams.inference.vae.VaeEncoder;

/**
 * What the networks of a checkpoint need on a processor. The graphs are written as for a run and played with sizes
 * instead of numbers; of the weights only the files' headers are read.
 *
 * <p>Measured by {@code mvn -pl inference test -Dtest=MemoryPlanTest -Dtest.excludedGroups=foreign}, which prints prediction and use: a
 * mid-size transformer and a mid-size autoencoder use between 0.75 and 1.25 times the prediction; small networks, whose
 * arrays leave holes in the C library's heap, have {@link #PROCESS_BYTES} for that.
 */
public record MemoryPlan(Checkpoint checkpoint, TransformerSetup setup) {
    /** What a process has beside its networks: the Java virtual machine, the runtime's code and its threads. */
    public static final long PROCESS_BYTES = 192L << 20;

    /** Latents that a denoise stage keeps on the heap: the solver's history, both velocities and their copies. */
    private static final long LATENT_COPIES = 10;

    /**
     * What an autoencoder takes beside its arrays, as a share of them: scratch of its convolutions, and holes between
     * arrays that the C library does not give back. Measured for both ways, see above: 1.33 and 1.41 of the arrays in all.
     */
    private static final double AUTOENCODER_SHARE = 0.4;

    /** With transformers in F32 on a processor. */
    public MemoryPlan(Checkpoint checkpoint) {
        this(checkpoint, TransformerSetup.floats(Device.CPU, SessionSettings.defaults()));
    }

    /** The text encoder, for a text of so many tokens. */
    public MemoryNeed textEncoder(int tokens) {
        NetworkCost cost = TextEncoder.cost(checkpoint.textEncoder(), checkpoint.weights("text_encoder"), tokens);
        return need("text encoder", "to encode " + tokens + " tokens", cost, 0);
    }

    /**
     * A transformer, for one pass after the other.
     *
     * @param timestepPerToken the first frame is given and has a timestep of its own
     */
    public MemoryNeed transformer(Expert expert, LatentShape latents, boolean timestepPerToken) {
        boolean low = expert == Expert.LOW;
        String component = low ? "transformer_2" : "transformer";
        Weights weights = checkpoint.weights(component);
        Precision precision = setup.precision().effective(setup.device().provider(), weights);
        NetworkCost cost = Transformer.cost(
                low ? checkpoint.transformer2() : checkpoint.transformer(),
                ReducedWeights.of(precision, weights),
                latents,
                timestepPerToken,
                setup.device().equals(Device.CPU) ? setup.textCacheBytes() : 0);
        long heap = Math.multiplyExact(LATENT_COPIES * Float.BYTES, (long) latents.elements());
        return need(component, "to denoise latents " + latents, cost, heap);
    }

    /** The VAE's decoder; its need does not depend on the number of frames, but for the latents themselves. */
    public MemoryNeed vaeDecoder(LatentShape latents) {
        VaeConfig config = checkpoint.vae();
        NetworkCost cost = VaeDecoder.cost(config, checkpoint.weights("vae"), latents);
        // A chunk's frames as the runtime gives them, and one of them as the consumer gets it.
        long heap = Math.multiplyExact(
                Float.BYTES, 2L * latents.elements() + frames(config, latents, config.framesPerLatent() + 2));
        return need("vae decoder", "to decode latents " + latents, cost, heap + besideArrays(cost));
    }

    /** The VAE's encoder; its need does not depend on the number of frames, but for the latents themselves. */
    public MemoryNeed vaeEncoder(LatentShape latents) {
        VaeConfig config = checkpoint.vae();
        NetworkCost cost = VaeEncoder.cost(config, checkpoint.weights("vae"), latents);
        // First, last and grey frame, and a chunk on the heap beside the runtime's.
        int chunk = latents.frames() == 1 ? 1 : config.framesPerLatent();
        long heap = Math.multiplyExact(Float.BYTES, 2L * latents.elements() + frames(config, latents, chunk + 3));
        return need("vae encoder", "to encode to latents " + latents, cost, heap + besideArrays(cost));
    }

    private static long besideArrays(NetworkCost cost) {
        return (long) (AUTOENCODER_SHARE * cost.workingBytes());
    }

    /** Elements of so many frames. */
    private static long frames(VaeConfig config, LatentShape latents, int frames) {
        long edge = config.pixelsPerLatent();
        return 3L * frames * latents.height() * edge * latents.width() * edge;
    }

    private static MemoryNeed need(String what, String task, NetworkCost cost, long heap) {
        long working = Math.addExact(Math.addExact(cost.workingBytes(), heap), PROCESS_BYTES);
        return new MemoryNeed(what, task, cost.weightBytes(), working, cost.flops());
    }
}
