package io.wanstreams.inference.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Diffusers checkpoint directory of the Wan2.2 family, as published (transformer-and-text.md §2). Opening reads
 * {@code model_index.json} only; each component is read, and refused, when it is asked for.
 */
public final class Checkpoint {
    private final Path directory;
    private final Path cache;
    private final ModelIndex index;
    private final ModelFile changes;

    private Checkpoint(Path directory, Path cache, ModelIndex index, ModelFile changes) {
        this.directory = directory;
        this.cache = cache;
        this.index = index;
        this.changes = changes;
    }

    /**
     * Opens a directory, or a file that describes a model made from one: a JSON object with its {@code base}, weights of
     * other layouts and LoRAs.
     *
     * @param cache folder for converted weights; made when needed
     * @throws CheckpointException if it is no checkpoint of a class we know
     */
    public static Checkpoint open(Path path, Path cache) {
        if (Files.isRegularFile(path)) {
            ModelFile changes = ModelFile.read(path);
            return open(changes.base(), cache, changes);
        }
        return open(path, cache, ModelFile.NOTHING);
    }

    private static Checkpoint open(Path directory, Path cache, ModelFile changes) {
        if (!Files.isDirectory(directory)) {
            throw new CheckpointException("Checkpoint directory " + directory + " does not exist.");
        }
        ModelIndex index = index(directory, changes);
        return new Checkpoint(directory, cache, index, changes);
    }

    private static ModelIndex index(Path directory, ModelFile changes) {
        ModelIndex index = ModelIndex.of(ConfigFile.read(directory.resolve(ModelIndex.FILE)));
        changes.check(index, directory);
        return index;
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
        Path folder = folder(component);
        Path file = changes.weights().get(component);
        Weights weights =
                file == null ? Weights.open(folder, cache) : Weights.ofSingleFile(file, Layout.of(component), cache);
        List<LoraChoice> loras = changes.loras().getOrDefault(component, List.of());
        return loras.isEmpty() ? weights : weights.with(loras, component);
    }

    private Path folder(String component) {
        if (!index.components().containsKey(component)) {
            throw new CheckpointException(
                    "File " + directory.resolve(ModelIndex.FILE) + " names no " + component + ".");
        }
        return directory.resolve(component);
    }
}
