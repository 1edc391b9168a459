package io.wanstreams.contracts.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a job failed; the closed list of {@code error.code} in the HTTP API. */
public enum FailureCode {
    INVALID_REFERENCE,
    MODERATION_BLOCKED,
    CANCELLED,
    DEADLINE_EXCEEDED,
    QUOTA_EXCEEDED,
    OUT_OF_MEMORY,
    WORKER_LOST,
    STAGE_FAILED,
    STORAGE_FAILED,
    INTERNAL_ERROR;

    /**
     * Reads the text form, for example {@code worker_lost}.
     *
     * @throws IllegalArgumentException when the list has no such code
     */
    @JsonCreator
    public static FailureCode parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + Arrays.stream(values()).map(FailureCode::toString).collect(Collectors.joining(", "))));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
