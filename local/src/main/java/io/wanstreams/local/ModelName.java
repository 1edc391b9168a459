package io.wanstreams.local;

import java.nio.file.Path;
import java.util.Locale;

/** Under which name a checkpoint directory is served. */
final class ModelName {

    private static final int LIMIT_CHARS = 48;

    private ModelName() {}

    /** The directory's or file's name in lower case, everything but letters, digits and dots made a hyphen. */
    static String of(Path directory) {
        Path name = directory.toAbsolutePath().normalize().getFileName();
        String slug = (name == null ? "" : name.toString())
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\.(json|safetensors)$", "")
                .replaceAll("[^a-z0-9.]+", "-")
                .replaceAll("^[-.]+|[-.]+$", "");
        slug = slug.substring(0, Math.min(slug.length(), LIMIT_CHARS)).replaceAll("[-.]+$", "");
        return slug.isEmpty() ? "model" : slug;
    }
}
