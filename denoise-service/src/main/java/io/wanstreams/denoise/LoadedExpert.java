package io.wanstreams.denoise;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.pipeline.VelocityModel;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.session.SessionSettings;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Timestep;
import io.wanstreams.inference.transformer.Transformer;

/** The transformer of a checkpoint that a stage uses. */
final class LoadedExpert implements ExpertModel {

    private final Transformer transformer;
    private final ModelFacts facts;

    private LoadedExpert(Transformer transformer, ModelFacts facts) {
        this.transformer = transformer;
        this.facts = facts;
    }

    /**
     * Loads it.
     *
     * @throws io.wanstreams.inference.checkpoint.CheckpointException in one sentence naming file and tensor
     */
    static LoadedExpert open(Checkpoint checkpoint, StageName stage, Device device, SessionSettings settings) {
        Expert expert = StageShare.expert(stage);
        VaeConfig vae = checkpoint.vae();
        Transformer transformer = expert == Expert.LOW
                ? Transformer.openLowNoise(checkpoint, device, settings)
                : Transformer.openHighNoise(checkpoint, device, settings);
        return new LoadedExpert(transformer, facts(transformer.config(), vae));
    }

    private static ModelFacts facts(TransformerConfig config, VaeConfig vae) {
        return new ModelFacts(
                config.outChannels(),
                vae.temporalStride(),
                vae.spatialStride(),
                config.patchHeight(),
                config.patchWidth(),
                config.textDim());
    }

    @Override
    public ModelFacts facts() {
        return facts;
    }

    @Override
    public VelocityModel forLatents(LatentShape shape, Cancellation cancellation) {
        return (latents, timestep, text) ->
                transformer.predict(latents, shape, Timestep.of(timestep), text, cancellation);
    }

    @Override
    public void close() {
        transformer.close();
    }
}
