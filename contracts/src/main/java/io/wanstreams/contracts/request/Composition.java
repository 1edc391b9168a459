package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How the picture is framed. The text form is the lower-case name with hyphens; the words are what the prompt gains. */
public enum Composition implements AestheticControl {
    EXTREME_CLOSE_UP("extreme close-up shot"),
    CLOSE_UP("close-up shot"),
    MEDIUM_SHOT("medium shot"),
    FULL_SHOT("full shot"),
    WIDE_SHOT("wide shot"),
    ESTABLISHING_SHOT("establishing shot"),
    CENTERED("center composition"),
    SYMMETRICAL("symmetrical composition"),
    RULE_OF_THIRDS("rule of thirds composition"),
    LOW_ANGLE("low angle shot"),
    HIGH_ANGLE("high angle shot"),
    OVERHEAD("overhead shot"),
    DUTCH_ANGLE("dutch angle shot"),
    OVER_THE_SHOULDER("over-the-shoulder shot");

    private final String words;

    Composition(String words) {
        this.words = words;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when the list has no such value; the message is the list
     */
    @JsonCreator
    public static Composition parse(String text) {
        return AestheticControl.parse(Composition.class, text);
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
