package io.wanstreams.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as the gateway reports it; only the fields that the commands read.
 *
 * @param id of the job
 * @param status queued, in_progress, completed or failed
 * @param progress percent
 * @param stage at which the job is, in the gateway's words
 * @param stageProgress how far that stage is
 * @param error why it failed
 * @param effectiveParams every parameter as it was carried out
 * @param warnings what was adjusted
 * @param stages the finished stages, in order
 */
public record Video(
        String id,
        String status,
        @Nullable Integer progress,
        @Nullable String stage,
        @Nullable StageProgress stageProgress,
        @Nullable Fault error,
        @Nullable JsonNode effectiveParams,
        List<String> warnings,
        List<FinishedStage> stages) {

    @SuppressWarnings("NullAway") // JSON may leave the lists out
    public Video {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        stages = stages == null ? List.of() : List.copyOf(stages);
    }

    public boolean isCompleted() {
        return status.equals("completed");
    }

    public boolean isFailed() {
        return status.equals("failed");
    }

    /** An effective parameter as text, or a dash where the gateway gives none. */
    public String parameter(String name) {
        JsonNode value = effectiveParams == null ? null : effectiveParams.get(name);
        return value == null || value.isNull() ? "-" : value.asText();
    }

    /**
     * How far a running stage is.
     *
     * @param step units done
     * @param of units in all
     * @param stepsPerSecond current rate, where known
     */
    public record StageProgress(
            @Nullable Integer step,
            @Nullable Integer of,
            @Nullable Double stepsPerSecond) {}

    /** Why a job failed. */
    public record Fault(@Nullable String code, @Nullable String message) {}

    /**
     * A stage that is done.
     *
     * @param stage its name
     * @param worker who did it
     * @param claimMs from ticket to claim
     * @param workMs from claim to result, transfers included
     * @param computeMs the computing alone
     */
    public record FinishedStage(
            String stage,
            @Nullable String worker,
            @Nullable Long claimMs,
            @Nullable Long workMs,
            @Nullable Long computeMs) {}
}
