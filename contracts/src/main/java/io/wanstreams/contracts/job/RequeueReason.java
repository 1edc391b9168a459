package io.wanstreams.contracts.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a stage waits again. */
public enum RequeueReason {
    /** The back-off after a failed attempt, or an orderly leave, is over. */
    RETRY,
    /** The worker went silent. */
    WORKER_LOST,
    /** No ticket of the stage's topic stands for the job. */
    TICKET_LOST;

    /**
     * Reads the text form, for example {@code worker_lost}.
     *
     * @throws IllegalArgumentException when the list has no such reason
     */
    @JsonCreator
    public static RequeueReason parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + Arrays.stream(values()).map(RequeueReason::toString).collect(Collectors.joining(", "))));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
