package io.wanstreams.inference.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code model_index.json} (transformer-and-text.md §2).
 *
 * @param className the pipeline's class in Diffusers
 * @param boundaryRatio at and above this share of the training timesteps the high-noise expert is used; empty with one
 *     transformer
 * @param expandTimesteps the transformer is driven with one timestep per token
 * @param components class by folder name, absent components left out
 */
public record ModelIndex(
        String className, OptionalDouble boundaryRatio, boolean expandTimesteps, Map<String, String> components) {
    static final String FILE = "model_index.json";
    private static final Map<String, List<String>> CLASSES = Map.of(
            "transformer", List.of("WanTransformer3DModel"),
            "transformer_2", List.of("WanTransformer3DModel"),
            "text_encoder", List.of("UMT5EncoderModel"),
            "vae", List.of("AutoencoderKLWan"),
            "scheduler", List.of("UniPCMultistepScheduler"));

    public ModelIndex {
        components = Map.copyOf(components);
    }

    static ModelIndex of(ConfigFile file) {
        String className = file.text("_class_name", "(none)");
        if (!List.of("WanPipeline", "WanImageToVideoPipeline").contains(className)) {
            throw new CheckpointException("File " + file.path() + " names the pipeline class " + className
                    + ", supported are WanPipeline and WanImageToVideoPipeline.");
        }
        Map<String, String> components = file.components();
        components.forEach((name, component) -> checkClass(file, name, component));
        double ratio = file.number("boundary_ratio", -1);
        if (file.present("boundary_ratio") && !(ratio >= 0 && ratio <= 1)) {
            throw new CheckpointException(
                    "File " + file.path() + " has boundary_ratio " + ratio + ", expected 0 to 1.");
        }
        boolean experts = components.containsKey("transformer_2");
        if (experts && !file.present("boundary_ratio")) {
            throw new CheckpointException("File " + file.path() + " names a transformer_2 but no boundary_ratio.");
        }
        return new ModelIndex(
                className,
                experts ? OptionalDouble.of(ratio) : OptionalDouble.empty(),
                file.flag("expand_timesteps", false),
                components);
    }

    private static void checkClass(ConfigFile file, String name, String component) {
        List<String> known = CLASSES.get(name);
        if (known != null && !known.contains(component)) {
            throw new CheckpointException("File " + file.path() + " names the class " + component + " for " + name
                    + ", supported is " + String.join(", ", known) + ".");
        }
    }

    /** True if there is a second, low-noise transformer. */
    public boolean hasTwoExperts() {
        return components.containsKey("transformer_2");
    }
}
