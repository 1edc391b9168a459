package io.wanstreams.gateway.intake;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that came with a request, by the name of their field; each lies where it was received.
 *
 * @param files of known fields
 */
public record Uploads(SortedMap<String, Path> files) {

    /** A safetensors file with initial latents. */
    public static final String NOISE = "noise";

    /** The first frame. */
    public static final String IMAGE = "input_reference";

    /** The last frame. */
    public static final String LAST_IMAGE = "last_image";

    public static final Uploads NONE = new Uploads(new TreeMap<>());

    public Uploads {
        files = new TreeMap<>(files);
    }

    /** Whether a field takes a file. */
    public static boolean takes(String field) {
        return field.equals(NOISE) || field.equals(IMAGE) || field.equals(LAST_IMAGE);
    }

    /** The file of a field. */
    public Optional<Path> file(String field) {
        return Optional.ofNullable(files.get(field));
    }
}
