package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whose defaults fill what a request leaves open (spec transformer-and-text §1.2, §1.3). */
public enum Preset {
    /** The original repository: its numbers, its negative prompt, its grid. */
    WAN,
    /** Diffusers: its call defaults, the shift of the checkpoint, its grid, no negative prompt. */
    DIFFUSERS,
    /** The original repository's but for what the four-step distillations ("Lightning") were made for (§11.1). */
    LIGHTNING;

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when there is no such preset
     */
    @JsonCreator
    public static Preset parse(String text) {
        return switch (text) {
            case "wan" -> WAN;
            case "diffusers" -> DIFFUSERS;
            case "lightning" -> LIGHTNING;
            default -> throw new IllegalArgumentException("expected one of wan, diffusers, lightning");
        };
    }

    /**
     * Whether images are seen as the camera was held: Diffusers turns them as EXIF says, the original repository does not
     * (spec transformer-and-text §6).
     */
    public boolean turnsImagesUpright() {
        return this == DIFFUSERS;
    }

    /** The solver that its numbers are for. */
    public SchedulerChoice scheduler() {
        return this == LIGHTNING ? SchedulerChoice.EULER : SchedulerChoice.UNIPC;
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
