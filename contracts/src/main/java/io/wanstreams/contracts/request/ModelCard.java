package io.wanstreams.contracts.request;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a checkpoint's {@code card.json} says: defaults that come before those of the family. */
final class ModelCard {

    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,4}x[1-9]\\d{0,4}");

    private final ConfigFile file;

    private ModelCard(ConfigFile file) {
        this.file = file;
    }

    static @Nullable ModelCard of(Path file) {
        return Files.exists(file) ? new ModelCard(ConfigFile.read(file)) : null;
    }

    /** A model with a card was measured with Diffusers' pipeline unless the card says otherwise. */
    Preset preset() {
        String text = file.text("preset", "diffusers");
        try {
            return Preset.parse(text);
        } catch (IllegalArgumentException e) {
            throw file.refusal("preset", "wan or diffusers", text);
        }
    }

    List<String> sizes() {
        List<String> sizes = file.texts("sizes");
        for (String size : sizes) {
            if (!SIZE.matcher(size).matches()) {
                throw file.refusal("sizes", "WIDTHxHEIGHT", size);
            }
        }
        return sizes;
    }

    ModelDefaults over(ModelDefaults family) {
        ConfigFile card = file.object("defaults");
        double guidance = card.positive("guidance_scale", family.guidanceScale());
        return new ModelDefaults(
                card.integer("width", family.width()),
                card.integer("height", family.height()),
                card.integer("num_frames", family.numFrames()),
                card.integer("fps", family.fps()),
                card.integer("num_inference_steps", family.numInferenceSteps()),
                guidance,
                card.positive("guidance_scale_2", guidance),
                card.positive("flow_shift", family.flowShift()),
                family.sigmaGrid(),
                card.text("negative_prompt", family.negativePrompt()));
    }
}
