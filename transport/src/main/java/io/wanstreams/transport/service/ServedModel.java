package io.wanstreams.transport.service;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.request.ProfileReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The model that a worker serves.
 *
 * @param name a slug
 * @param path of its checkpoint directory
 */
public record ServedModel(String name, Path path) {

    /**
     * Finds it.
     *
     * @param wanted its name; may be left out where there is one model only
     * @param setting that names it, for the sentence
     * @throws IllegalArgumentException in one sentence naming the setting, what was found and what was expected
     */
    public static ServedModel of(Optional<String> wanted, Map<String, Path> models, String setting) {
        if (wanted.isEmpty() && models.size() != 1) {
            throw new IllegalArgumentException(
                    setting + " is not set: expected one of the models of wan.models.<name>, found "
                            + new TreeSet<>(models.keySet()) + ".");
        }
        String name = wanted.orElseGet(() -> models.keySet().iterator().next());
        ModelProfile.checkName(name);
        Path path = models.get(name);
        if (path == null) {
            throw new IllegalArgumentException("wan.models." + name + " is not set, though " + setting
                    + " names this model: expected its checkpoint directory, found "
                    + new TreeSet<>(models.keySet()) + ".");
        }
        return new ServedModel(name, path);
    }

    /**
     * The stages of its jobs.
     *
     * @throws io.wanstreams.contracts.request.ProfileException in one sentence naming the file
     */
    public List<StageName> route() {
        return ProfileReader.read(name, path).route();
    }
}
