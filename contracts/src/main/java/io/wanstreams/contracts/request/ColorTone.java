package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What the colours have in common. The text form is the lower-case name with hyphens; the words are what the prompt gains. */
public enum ColorTone implements AestheticControl {
    WARM("warm colors"),
    COOL("cool colors"),
    NEUTRAL("neutral colors"),
    SATURATED("saturated colors"),
    DESATURATED("desaturated colors"),
    PASTEL("pastel colors"),
    MONOCHROME("black and white"),
    SEPIA("sepia tone"),
    MIXED("mixed colors");

    private final String words;

    ColorTone(String words) {
        this.words = words;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when the list has no such value; the message is the list
     */
    @JsonCreator
    public static ColorTone parse(String text) {
        return AestheticControl.parse(ColorTone.class, text);
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
