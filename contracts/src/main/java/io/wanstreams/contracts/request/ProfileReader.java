package io.wanstreams.contracts.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.json.MalformedContractException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a model's profile: from the small JSON files of a Diffusers directory (its configs, and {@code card.json} where
 * there is one), or from one JSON file that holds a {@link ModelProfile}, for machines without the checkpoint.
 */
public final class ProfileReader {

    private static final long FILE_LIMIT_BYTES = 1 << 20;

    private ProfileReader() {}

    /**
     * Reads a profile.
     *
     * @param name under which the model is served
     * @param path a checkpoint directory, or a profile file
     * @throws ProfileException in one sentence naming the file, what was found and what was expected
     */
    public static ModelProfile read(String name, Path path) {
        ModelProfile.checkName(name);
        return Files.isDirectory(path) ? ofCheckpoint(name, path) : ofFile(name, path);
    }

    private static ModelProfile ofFile(String name, Path file) {
        try {
            ModelProfile profile = ContractJson.read(bytes(file), ModelProfile.class);
            if (!profile.name().equals(name)) {
                throw new ProfileException(
                        file + " describes model '" + profile.name() + "', expected '" + name + "'.");
            }
            return profile;
        } catch (MalformedContractException e) {
            throw new ProfileException(file + " is not a model profile: " + e.getMessage() + ".");
        }
    }

    private static ModelProfile ofCheckpoint(String name, Path directory) {
        JsonNode index = json(directory.resolve("model_index.json"));
        boolean twoExperts = index.path("transformer_2").path(0).isTextual();
        ConfigFile transformer = new ConfigFile(directory.resolve("transformer/config.json"));
        ConfigFile vae = new ConfigFile(directory.resolve("vae/config.json"));
        ConfigFile scheduler = new ConfigFile(directory.resolve("scheduler/scheduler_config.json"));
        int patchSize = transformer.json.path("patch_size").path(1).asInt(2);
        int stride = vae.integer("scale_factor_spatial", 8);
        ModelDefaults wan = FamilyDefaults.wan(twoExperts);
        ModelDefaults diffusers =
                FamilyDefaults.diffusers(twoExperts, stride * patchSize, scheduler.number("flow_shift", 1.0));
        @Nullable Card card = Card.of(directory.resolve("card.json"));
        return new ModelProfile(
                name,
                twoExperts,
                index.path("expand_timesteps").asBoolean(false),
                twoExperts ? boundary(index, directory) : null,
                transformer.integer("out_channels", 16),
                stride,
                vae.integer("scale_factor_temporal", 4),
                patchSize,
                card == null ? Preset.WAN : card.preset(),
                card == null ? wan : card.over(wan),
                card == null ? diffusers : card.over(diffusers),
                card == null ? List.of() : card.sizes(),
                card == null
                        ? FamilyDefaults.trainedFrames(twoExperts)
                        : card.over(diffusers).numFrames());
    }

    private static double boundary(JsonNode index, Path directory) {
        JsonNode ratio = index.path("boundary_ratio");
        if (!ratio.isNumber() || ratio.asDouble() <= 0 || ratio.asDouble() >= 1) {
            throw new ProfileException(directory.resolve("model_index.json")
                    + ": boundary_ratio of a model with two transformers lies between 0 and 1, found " + ratio + ".");
        }
        return ratio.asDouble();
    }

    static JsonNode json(Path file) {
        try {
            JsonNode node = ContractJson.mapper().readTree(bytes(file));
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw new ProfileException(file + " is not JSON: expected one object.");
        }
        throw new ProfileException(file + " is not a JSON object.");
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > FILE_LIMIT_BYTES) {
                throw new ProfileException(
                        file + " has " + Files.size(file) + " bytes, expected at most " + FILE_LIMIT_BYTES + ".");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ProfileException(file + " cannot be read: expected a Diffusers directory or a profile file.");
        }
    }

    /** One config of a checkpoint. */
    private static final class ConfigFile {
        private final Path file;
        private final JsonNode json;

        ConfigFile(Path file) {
            this.file = file;
            this.json = json(file);
        }

        int integer(String key, int absent) {
            JsonNode value = json.path(key);
            if (value.isMissingNode() || value.isNull()) {
                return absent;
            }
            if (!value.isInt() || value.asInt() < 1) {
                throw new ProfileException(file + ": " + key + " is a positive integer, found " + value + ".");
            }
            return value.asInt();
        }

        double number(String key, double absent) {
            JsonNode value = json.path(key);
            if (value.isMissingNode() || value.isNull()) {
                return absent;
            }
            if (!value.isNumber() || !(value.asDouble() > 0)) {
                throw new ProfileException(file + ": " + key + " is a positive number, found " + value + ".");
            }
            return value.asDouble();
        }
    }

    /** What {@code card.json} says: defaults that come before those of the family. */
    private record Card(Path file, JsonNode json) {

        static @Nullable Card of(Path file) {
            return Files.exists(file) ? new Card(file, ProfileReader.json(file)) : null;
        }

        /** A model with a card was measured with Diffusers' pipeline unless the card says otherwise. */
        Preset preset() {
            String text = json.path("preset").asText("diffusers");
            try {
                return Preset.parse(text);
            } catch (IllegalArgumentException e) {
                throw new ProfileException(file + ": preset: " + e.getMessage() + ", found '" + text + "'.");
            }
        }

        List<String> sizes() {
            List<String> sizes = new ArrayList<>();
            json.path("sizes").forEach(size -> sizes.add(size.asText()));
            return sizes;
        }

        ModelDefaults over(ModelDefaults family) {
            JsonNode d = json.path("defaults");
            double guidance = d.path("guidance_scale").asDouble(family.guidanceScale());
            return new ModelDefaults(
                    d.path("width").asInt(family.width()),
                    d.path("height").asInt(family.height()),
                    d.path("num_frames").asInt(family.numFrames()),
                    d.path("fps").asInt(family.fps()),
                    d.path("num_inference_steps").asInt(family.numInferenceSteps()),
                    guidance,
                    d.path("guidance_scale_2").asDouble(guidance),
                    d.path("flow_shift").asDouble(family.flowShift()),
                    family.sigmaGrid(),
                    d.path("negative_prompt").asText(family.negativePrompt()));
        }
    }
}
