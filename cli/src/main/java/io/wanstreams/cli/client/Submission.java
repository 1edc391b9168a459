package io.wanstreams.cli.client;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client asks for.
 *
 * @param fields request fields by their names in the API; values are text, numbers or booleans
 * @param files sent along, by their fields' names in the API
 */
public record Submission(Map<String, Object> fields, Map<String, Path> files) {

    /** A safetensors file with the initial latents. */
    public static final String NOISE = "noise";

    /** The first frame. */
    public static final String IMAGE = "input_reference";

    /** The last frame. */
    public static final String LAST_IMAGE = "last_image";

    public Submission {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** A submission of fields alone. */
    public static Submission of(Map<String, Object> fields) {
        return new Submission(fields, Map.of());
    }
}
