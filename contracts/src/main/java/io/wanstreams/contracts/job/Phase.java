package io.wanstreams.contracts.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wanstreams.contracts.sharing.Shared;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Where a job stands. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Phase.Submitted.class, name = "submitted"),
    @JsonSubTypes.Type(value = Phase.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = Phase.Running.class, name = "running"),
    @JsonSubTypes.Type(value = Phase.Parked.class, name = "parked"),
    @JsonSubTypes.Type(value = Phase.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = Phase.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Phase.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = Phase.Deleted.class, name = "deleted"),
    @JsonSubTypes.Type(value = Phase.Unreadable.class, name = "unreadable")
})
public sealed interface Phase {

    /** At a stage: waiting for it, worked on, or put aside. */
    sealed interface AtStage extends Phase {
        StageTurn at();
    }

    /** Over: only a deletion can follow. */
    sealed interface Terminal extends Phase {}

    record Submitted() implements Phase {}

    record Waiting(StageTurn at) implements AtStage {}

    /**
     * Worked on.
     *
     * @param worker who works
     * @param environment on what
     * @param startedOffset offset of the {@code stage.started} that counted
     */
    record Running(StageTurn at, String worker, SortedMap<String, String> environment, long startedOffset)
            implements AtStage {
        public Running {
            worker = Shared.text(worker);
            environment = Shared.map(environment);
        }

        Running at(StageTurn newTurn) {
            return new Running(newTurn, worker, environment, startedOffset);
        }
    }

    /**
     * Put aside until the dispatcher requeues it.
     *
     * @param retryAfter how long the attempt asked to be left alone; zero after an orderly leave
     * @param error why the attempt failed, or null after an orderly leave
     */
    record Parked(
            StageTurn at, Duration retryAfter, @Nullable JobError error) implements AtStage {}

    record Completed() implements Terminal {}

    record Failed(JobError error) implements Terminal {}

    record Cancelled(String by) implements Terminal {}

    /** Gone: every reader answers as if the job had never been. */
    record Deleted(String by) implements Phase {}

    /** Met an event this version does not know; nothing fits any more. */
    record Unreadable(String type, long offset) implements Phase {}

    /** The stage the job is at, if it is at one. */
    default Optional<StageTurn> stageTurn() {
        return this instanceof AtStage here ? Optional.of(here.at()) : Optional.empty();
    }
}
