package io.wanstreams.inference.checkpoint;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A model made from another: a small JSON file that names a checkpoint directory as {@code base}, files that take the
 * place of components ({@code weights}: component to file), and LoRAs ({@code loras}: file, strength, component). Paths
 * are relative to the file.
 */
record ModelFile(Path base, Map<String, Path> weights, Map<String, List<LoraChoice>> loras) {
    private static final List<String> TRANSFORMERS = List.of("transformer", "transformer_2");
    private static final List<String> REPLACEABLE = List.of("transformer", "transformer_2", "text_encoder");

    static final ModelFile NOTHING = new ModelFile(Path.of(""), Map.of(), Map.of());

    static ModelFile read(Path file) {
        ConfigFile json = ConfigFile.read(file);
        if (!json.present("base")) {
            throw new CheckpointException("File " + file
                    + " is neither a checkpoint directory nor a model file: it names" + " no \"base\" directory.");
        }
        Map<String, Path> weights = new TreeMap<>();
        if (json.present("weights")) {
            json.strings("weights")
                    .forEach((component, path) ->
                            weights.put(checked(file, component, REPLACEABLE), resolved(file, path)));
        }
        Map<String, List<LoraChoice>> loras = new TreeMap<>();
        for (ConfigFile lora : json.objects("loras")) {
            String component = checked(file, lora.text("component", "transformer"), TRANSFORMERS);
            LoraChoice choice = new LoraChoice(resolved(file, lora.required("file")), lora.number("strength", 1));
            loras.computeIfAbsent(component, unused -> new ArrayList<>()).add(choice);
        }
        return new ModelFile(resolved(file, json.required("base")), weights, loras);
    }

    /** Refuses changes to a component that the base does not have. */
    void check(ModelIndex index, Path directory) {
        Set<String> changed = new TreeSet<>(weights.keySet());
        changed.addAll(loras.keySet());
        changed.removeAll(index.components().keySet());
        if (!changed.isEmpty()) {
            throw new CheckpointException("The checkpoint " + directory + " has no " + String.join(" and no ", changed)
                    + " that could be changed.");
        }
    }

    private static String checked(Path file, String component, List<String> known) {
        if (!known.contains(component)) {
            throw new CheckpointException("File " + file + " names the component \"" + component + "\", expected "
                    + String.join(" or ", known) + ".");
        }
        return component;
    }

    private static Path resolved(Path file, String path) {
        try {
            return file.toAbsolutePath().resolveSibling(path).normalize();
        } catch (InvalidPathException e) {
            throw new CheckpointException("File " + file + " names \"" + path + "\", which is no path.", e);
        }
    }
}
