package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where the light comes from and how it falls. The text form is the lower-case name with hyphens; the words are what the prompt gains. */
public enum Lighting implements AestheticControl {
    SUNNY("sunny lighting"),
    OVERCAST("overcast lighting"),
    GOLDEN_HOUR("golden hour light"),
    MOONLIGHT("moonlight"),
    FIRELIGHT("firelight"),
    NEON("neon light"),
    STUDIO("studio lighting"),
    SOFT("soft lighting"),
    HARD("hard lighting"),
    BACKLIT("backlighting"),
    RIM("rim lighting"),
    SIDE("side lighting"),
    TOP("top lighting"),
    SILHOUETTE("silhouette lighting"),
    LOW_KEY("low-key lighting"),
    HIGH_KEY("high-key lighting");

    private final String words;

    Lighting(String words) {
        this.words = words;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when the list has no such value; the message is the list
     */
    @JsonCreator
    public static Lighting parse(String text) {
        return AestheticControl.parse(Lighting.class, text);
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    @JsonValue
    public String toString() {
        return AestheticControl.text(this);
    }
}
