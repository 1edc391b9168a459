package io.wanstreams.gateway.http;

import io.wanstreams.contracts.job.StageOutputs;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files of a video. */
enum Variant {
    VIDEO(StageOutputs.VIDEO, ".mp4"),
    THUMBNAIL(StageOutputs.THUMBNAIL, ".jpg"),
    SPRITESHEET(StageOutputs.SPRITESHEET, "-sprites.jpg"),
    LATENTS(StageOutputs.LATENTS, "-latents.safetensors"),
    FRAMES(StageOutputs.FRAMES, "-frames.safetensors"),
    /** Of a video that is not finished: the newest picture of it. */
    PREVIEW("preview", "-preview.jpg"),
    /** Written from the log, not kept as a bundle. */
    MANIFEST("manifest", "-manifest.json");

    private final String text;
    private final String suffix;

    Variant(String text, String suffix) {
        this.text = text;
        this.suffix = suffix;
    }

    static Variant parse(@Nullable String name) {
        return Arrays.stream(values())
                .filter(variant -> variant.text.equals(name == null || name.isEmpty() ? VIDEO.text : name))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid(
                        "variant",
                        "variant is one of "
                                + Arrays.stream(values()).map(Variant::text).collect(Collectors.joining(", ")) + "."));
    }

    String text() {
        return text;
    }

    /** The name of the bundle among the stages' outputs. */
    String bundle() {
        return text;
    }

    /** Whether it is more than a viewer gets: what is needed to go on from it. */
    boolean isForAdmins() {
        return this == LATENTS;
    }

    String suffix() {
        return suffix;
    }
}
