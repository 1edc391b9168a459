package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which noise levels a schedule visits (spec transformer-and-text §8.2). */
public enum SigmaGrid {
    /** The original repository's grid. */
    WAN,
    /** Diffusers' grid from 0.37 on. */
    DIFFUSERS;

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when there is no such grid
     */
    @JsonCreator
    public static SigmaGrid parse(String text) {
        return switch (text) {
            case "wan" -> WAN;
            case "diffusers" -> DIFFUSERS;
            default -> throw new IllegalArgumentException("expected one of wan, diffusers");
        };
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
