package io.wanstreams.cli.client;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param fields request fields by their names in the API; values are text, numbers or booleans
 * @param noise a safetensors file with the initial latents, sent along
 */
public record Submission(
        Map<String, Object> fields, @Nullable Path noise) {

    public Submission {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }
}
