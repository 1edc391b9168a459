package io.wanstreams.inference.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Diffusers checkpoint directory of the Wan2.2 family, as published (transformer-and-text.md §2). Opening reads
 * {@code model_index.json} only; each component is read, and refused, when it is asked for.
 */
public final class Checkpoint {
    private final Path directory;
    private final Path cache;
    private final ModelIndex index;

    private Checkpoint(Path directory, Path cache, ModelIndex index) {
        this.directory = directory;
        this.cache = cache;
        this.index = index;
    }

    /**
     * Opens a directory.
     *
     * @param cache folder for F32 copies of half-precision weights; made when needed
     * @throws CheckpointException if it is no checkpoint of a class we know
     */
    public static Checkpoint open(Path directory, Path cache) {
        if (!Files.isDirectory(directory)) {
            throw new CheckpointException("Checkpoint directory " + directory + " does not exist.");
        }
        ModelIndex index = ModelIndex.of(ConfigFile.read(directory.resolve(ModelIndex.FILE)));
        return new Checkpoint(directory, cache, index);
    }

    /** Opens a directory, with the user's cache folder: {@code $XDG_CACHE_HOME} or {@code ~/.cache}. */
    public static Checkpoint open(Path directory) {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path caches = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return open(directory, caches.resolve("wan-streams"));
    }

    public Path directory() {
        return directory;
    }

    public ModelIndex index() {
        return index;
    }

    /** Folder of the tokenizer's files. */
    public Path tokenizer() {
        return directory.resolve("tokenizer");
    }

    public TextEncoderConfig textEncoder() {
        return TextEncoderConfig.of(config("text_encoder", "config.json"));
    }

    /** The only transformer, or the one for high noise. */
    public TransformerConfig transformer() {
        return TransformerConfig.of(config("transformer", "config.json"));
    }

    /** The transformer for low noise. */
    public TransformerConfig transformer2() {
        return TransformerConfig.of(config("transformer_2", "config.json"));
    }

    public VaeConfig vae() {
        return VaeConfig.of(config("vae", "config.json"));
    }

    public SchedulerConfig scheduler() {
        return SchedulerConfig.of(config("scheduler", "scheduler_config.json"));
    }

    private ConfigFile config(String component, String file) {
        return ConfigFile.read(folder(component).resolve(file));
    }

    /** The weights of a component: {@code text_encoder}, {@code transformer}, {@code transformer_2} or {@code vae}. */
    public Weights weights(String component) {
        return Weights.open(folder(component), cache);
    }

    private Path folder(String component) {
        if (!index.components().containsKey(component)) {
            throw new CheckpointException(
                    "File " + directory.resolve(ModelIndex.FILE) + " names no " + component + ".");
        }
        return directory.resolve(component);
    }
}
