package io.wanstreams.cli.client;

import java.util.Locale;

/** What can be fetched of a finished job. */
public enum Variant {
    VIDEO,
    THUMBNAIL,
    SPRITESHEET,
    LATENTS,
    FRAMES;

    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
