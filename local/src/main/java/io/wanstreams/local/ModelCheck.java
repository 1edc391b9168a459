package io.wanstreams.local;

import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.request.ProfileReader;
import io.wanstreams.inference.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads what can be read of a checkpoint in a moment: its configs, and the headers of its weight files. A directory that is broken in a
 * way that shows here is refused before anything is started; the services find the rest when they load it.
 */
final class ModelCheck {

    private static final List<String> WEIGHTS = List.of("text_encoder", "transformer", "transformer_2", "vae");

    private ModelCheck() {}

    /**
     * Looks at a directory.
     *
     * @throws RuntimeException of ours, in one sentence naming the file
     */
    static ModelProfile read(String name, Path directory) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        ModelProfile profile = ProfileReader.read(name, directory);
        checkpoint.textEncoder();
        checkpoint.transformer();
        if (profile.twoExperts()) {
            checkpoint.transformer2();
        }
        checkpoint.vae();
        checkpoint.scheduler();
        for (String component : WEIGHTS) {
            if (profile.twoExperts() || !component.equals("transformer_2")) {
                checkpoint.weights(component);
            }
        }
        return profile;
    }
}
