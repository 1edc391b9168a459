package io.wanstreams.denoise;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.inference.checkpoint.Checkpoint;
import io.wanstreams.inference.checkpoint.TransformerConfig;
import io.wanstreams.inference.checkpoint.VaeConfig;
import io.wanstreams.inference.memory.MemoryLimit;
import io.wanstreams.inference.memory.MemoryPlan;
import io.wanstreams.inference.pipeline.ImageConditioning;
import io.wanstreams.inference.pipeline.VelocityModel;
import io.wanstreams.inference.scheduler.Expert;
import io.wanstreams.inference.session.Cancellation;
import io.wanstreams.inference.session.Device;
import io.wanstreams.inference.transformer.LatentShape;
import io.wanstreams.inference.transformer.Timestep;
import io.wanstreams.inference.transformer.Transformer;
import io.wanstreams.inference.transformer.TransformerSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The transformer of a checkpoint that a stage uses, once or on two devices. */
final class LoadedExpert implements ExpertModel {

    private final List<Transformer> transformers;
    private final ModelFacts facts;
    private final StageMemory memory;

    private LoadedExpert(List<Transformer> transformers, ModelFacts facts, StageMemory memory) {
        this.transformers = transformers;
        this.facts = facts;
        this.memory = memory;
    }

    /**
     * Loads it, on each device once.
     *
     * @param setup for each of the devices
     *
     * @throws io.wanstreams.inference.checkpoint.CheckpointException in one sentence naming file and tensor
     * @throws io.wanstreams.inference.memory.NotEnoughMemoryException if the weights will not fit
     */
    static LoadedExpert open(
            Checkpoint checkpoint, StageName stage, TransformerSetup setup, List<Device> devices, MemoryLimit limit) {
        Expert expert = StageShare.expert(stage);
        VaeConfig vae = checkpoint.vae();
        StageMemory memory =
                new StageMemory(new MemoryPlan(checkpoint, setup.on(devices.get(0))), expert, devices.size(), limit);
        memory.checkWeights();
        List<Transformer> transformers = new ArrayList<>();
        try {
            for (Device device : devices) {
                transformers.add(
                        expert == Expert.LOW
                                ? Transformer.openLowNoise(checkpoint, setup.on(device))
                                : Transformer.openHighNoise(checkpoint, setup.on(device)));
            }
        } catch (RuntimeException e) {
            transformers.forEach(Transformer::close);
            throw e;
        }
        return new LoadedExpert(
                List.copyOf(transformers),
                facts(transformers.get(0).config(), vae, checkpoint.scheduler().trainTimesteps()),
                memory);
    }

    private static ModelFacts facts(TransformerConfig config, VaeConfig vae, int trainTimesteps) {
        return new ModelFacts(
                config.outChannels(),
                vae.temporalStride(),
                vae.spatialStride(),
                config.patchHeight(),
                config.patchWidth(),
                config.textDim(),
                trainTimesteps);
    }

    @Override
    public ModelFacts facts() {
        return facts;
    }

    @Override
    public VelocityModel forLatents(LatentShape shape, ImageConditioning image, Cancellation cancellation) {
        memory.check(shape, image.timestepPerToken());
        return on(transformers.get(0), shape, image, cancellation);
    }

    @Override
    public Optional<VelocityModel> besideForLatents(
            LatentShape shape, ImageConditioning image, Cancellation cancellation) {
        return transformers.stream().skip(1).findFirst().map(second -> on(second, shape, image, cancellation));
    }

    private static VelocityModel on(
            Transformer transformer, LatentShape shape, ImageConditioning image, Cancellation cancellation) {
        LatentShape read =
                new LatentShape(transformer.config().inChannels(), shape.frames(), shape.height(), shape.width());
        return image.of((latents, timestep, cleanFirstFrame, text) ->
                transformer.predict(latents, read, new Timestep(timestep, cleanFirstFrame), text, cancellation));
    }

    @Override
    public void close() {
        transformers.forEach(Transformer::close);
    }
}
