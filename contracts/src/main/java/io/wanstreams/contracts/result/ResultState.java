package io.wanstreams.contracts.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.wanstreams.contracts.job.Phase;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a job ended. */
public enum ResultState {
    COMPLETED,
    FAILED,
    CANCELLED;

    /** The state of a job in this phase; empty while it is not over, and when it is gone. */
    public static Optional<ResultState> of(Phase phase) {
        if (phase instanceof Phase.Completed) {
            return Optional.of(COMPLETED);
        } else if (phase instanceof Phase.Failed) {
            return Optional.of(FAILED);
        }
        return phase instanceof Phase.Cancelled ? Optional.of(CANCELLED) : Optional.empty();
    }

    /**
     * Reads the text form, for example {@code completed}.
     *
     * @throws IllegalArgumentException when there is no such state
     */
    @JsonCreator
    public static ResultState parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a result is completed, failed or cancelled"));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
