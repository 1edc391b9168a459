package io.wanstreams.contracts.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which solver goes from noise level to noise level (spec transformer-and-text §8). */
public enum SchedulerChoice {
    /** UniPC of order 2 with corrector: what the models are published with. */
    UNIPC("unipc"),
    /** DPM-Solver++ of order 2. */
    DPM_SOLVER("dpm++"),
    /** Euler's method on the flow. */
    EULER("euler");

    private final String text;

    SchedulerChoice(String text) {
        this.text = text;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when there is no such solver
     */
    @JsonCreator
    public static SchedulerChoice parse(String text) {
        for (SchedulerChoice choice : values()) {
            if (choice.text.equals(text)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("expected one of unipc, dpm++, euler");
    }

    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
