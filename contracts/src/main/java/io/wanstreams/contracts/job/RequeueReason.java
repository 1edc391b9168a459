package io.wanstreams.contracts.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a stage waits again. */
public enum RequeueReason {
    /** The back-off after a failed attempt, or an orderly leave, is over. */
    RETRY,
    /** The worker went silent. */
    WORKER_LOST,
    /** No ticket of the stage's topic stands for the job. */
    TICKET_LOST;

    @JsonCreator
    public static RequeueReason parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
