package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a model makes a video from an image (spec transformer-and-text §6). */
public enum ImageInput {
    /** Its transformers read a mask and an encoded image besides the latents: there must be one, and a last one may be. */
    REQUIRED,
    /** Its tokens have timesteps of their own, so that the first frame can be given. */
    OPTIONAL,
    /** It knows only text. */
    REFUSED;

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when there is no such word
     */
    @JsonCreator
    public static ImageInput parse(String text) {
        return switch (text) {
            case "required" -> REQUIRED;
            case "optional" -> OPTIONAL;
            case "refused" -> REFUSED;
            default -> throw new IllegalArgumentException("expected one of required, optional, refused");
        };
    }

    /** Whether the last frame can be given too. */
    public boolean takesLastImage() {
        return this == REQUIRED;
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
