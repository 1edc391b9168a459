package io.wanstreams.contracts.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A kind of work in a job's route. The text form stands in events, tickets and topic names. */
public enum StageName {
    PROMPT("prompt"),
    ENCODE("encode"),
    DENOISE_HIGH("denoise-high"),
    DENOISE_LOW("denoise-low"),
    DENOISE("denoise"),
    DECODE("decode");

    /** The route of a model with a high-noise and a low-noise expert. */
    public static final List<StageName> TWO_EXPERTS = List.of(PROMPT, ENCODE, DENOISE_HIGH, DENOISE_LOW, DECODE);

    /** The route of a model with one transformer. */
    public static final List<StageName> ONE_EXPERT = List.of(PROMPT, ENCODE, DENOISE, DECODE);

    private final String text;

    StageName(String text) {
        this.text = text;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when no stage has this name; the message lists them
     */
    @JsonCreator
    public static StageName parse(String text) {
        return Arrays.stream(values())
                .filter(stage -> stage.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + Arrays.stream(values()).map(StageName::toString).collect(Collectors.joining(", "))));
    }

    /** Whether this stage runs a transformer. */
    public boolean isDenoise() {
        return this == DENOISE || this == DENOISE_HIGH || this == DENOISE_LOW;
    }

    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
