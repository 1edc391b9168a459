package io.wanstreams.contracts.request;

import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.json.MalformedContractException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a model's profile: from the small JSON files of a Diffusers directory (its configs, and {@code card.json} where
 * there is one), from a model file, whose {@code base} is such a directory, or from one JSON file that holds a
 * {@link ModelProfile}, for machines without the checkpoint.
 */
public final class ProfileReader {

    private static final List<String> PIPELINES = List.of("WanPipeline", "WanImageToVideoPipeline");

    private ProfileReader() {}

    /**
     * Reads a profile.
     *
     * @param name under which the model is served
     * @param path a checkpoint directory, a model file or a profile file
     * @throws ProfileException in one sentence naming the file, what was found and what was expected
     */
    public static ModelProfile read(String name, Path path) {
        ModelProfile.checkName(name);
        return Files.isDirectory(path) ? ofCheckpoint(name, path) : ofFile(name, path);
    }

    private static ModelProfile ofFile(String name, Path file) {
        @Nullable Path base = ConfigFile.base(file);
        if (base != null) {
            return ofCheckpoint(name, base);
        }
        ModelProfile profile;
        try {
            profile = ContractJson.read(ConfigFile.bytes(file), ModelProfile.class);
        } catch (MalformedContractException e) {
            throw new ProfileException(file + " is not a model profile: " + e.getMessage() + ".");
        }
        if (!profile.name().equals(name)) {
            throw new ProfileException(file + " describes model '" + profile.name() + "', expected '" + name + "'.");
        }
        return profile;
    }

    private static ModelProfile ofCheckpoint(String name, Path directory) {
        ConfigFile index = ConfigFile.read(directory.resolve("model_index.json"));
        checkPipeline(index);
        boolean twoExperts = index.hasComponent("transformer_2");
        ConfigFile transformer = ConfigFile.read(directory.resolve("transformer/config.json"));
        ConfigFile vae = ConfigFile.read(directory.resolve("vae/config.json"));
        ConfigFile scheduler = ConfigFile.read(directory.resolve("scheduler/scheduler_config.json"));
        int patchSize = patchSize(transformer);
        int stride = vae.integer("scale_factor_spatial", 8);
        int temporalStride = vae.integer("scale_factor_temporal", 4);
        int latentChannels = transformer.integer("out_channels", transformer.integer("in_channels", 16));
        boolean expandTimesteps = index.flag("expand_timesteps", false);
        ImageInput image = image(transformer, latentChannels, temporalStride, expandTimesteps);
        FamilyDefaults family =
                new FamilyDefaults(twoExperts, image == ImageInput.REQUIRED, (long) stride * patchSize, temporalStride);
        ModelDefaults wan = family.wan();
        ModelDefaults diffusers = family.diffusers(scheduler.positive("flow_shift", 1.0));
        @Nullable ModelCard card = ModelCard.of(directory.resolve("card.json"));
        try {
            return new ModelProfile(
                    name,
                    twoExperts,
                    expandTimesteps,
                    twoExperts ? (Double) index.share("boundary_ratio") : null,
                    latentChannels,
                    stride,
                    temporalStride,
                    patchSize,
                    image,
                    card == null ? Preset.WAN : card.preset(),
                    card == null ? wan : card.over(wan),
                    card == null ? diffusers : card.over(diffusers),
                    card == null ? List.of() : card.sizes(),
                    card == null ? family.trainedFrames() : card.over(diffusers).numFrames());
        } catch (IllegalArgumentException e) {
            throw new ProfileException(directory + ": " + e.getMessage() + ".");
        }
    }

    private static void checkPipeline(ConfigFile index) {
        String pipeline = index.text("_class_name", "none");
        if (!PIPELINES.contains(pipeline)) {
            throw index.refusal("_class_name", String.join(" or ", PIPELINES), pipeline);
        }
    }

    /** A transformer that reads an image gets a mask and the encoded image besides the latents: 16 + 4 + 16 of I2V-A14B. */
    private static ImageInput image(
            ConfigFile transformer, int latentChannels, int temporalStride, boolean expandTimesteps) {
        int channels = transformer.integer("in_channels", latentChannels);
        if (channels == latentChannels) {
            return expandTimesteps ? ImageInput.OPTIONAL : ImageInput.REFUSED;
        }
        long withImage = 2L * latentChannels + temporalStride;
        if (channels != withImage || expandTimesteps) {
            throw transformer.refusal(
                    "in_channels",
                    expandTimesteps ? "" + latentChannels : latentChannels + " or " + withImage,
                    "" + channels);
        }
        return ImageInput.REQUIRED;
    }

    /** The patch is [frames, height, width]; positions are square in every model of the family. */
    private static int patchSize(ConfigFile transformer) {
        @Nullable List<Integer> patch = transformer.integers("patch_size");
        if (patch == null) {
            return 2;
        }
        if (patch.size() != 3 || patch.get(0) != 1 || !patch.get(1).equals(patch.get(2))) {
            throw transformer.refusal("patch_size", "[1, n, n]", patch.toString());
        }
        return patch.get(1);
    }
}
