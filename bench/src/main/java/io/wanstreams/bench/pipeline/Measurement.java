package io.wanstreams.bench.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One video, as its client saw it.
 *
 * @param wall from the submission to the news of the end
 * @param stages as the gateway lists them
 */
record Measurement(Duration wall, List<StageTime> stages) {

    /**
     * Where one stage's time went.
     *
     * @param claimMillis from the ticket in hand to the claim won
     * @param workMillis from the claim to the outputs written
     * @param computeMillis the model's part of it
     */
    record StageTime(String stage, double claimMillis, double workMillis, double computeMillis) {

        /** What is not the model: reading, writing, encoding. */
        double besidesMillis() {
            return workMillis - computeMillis;
        }
    }

    Measurement {
        stages = List.copyOf(stages);
    }

    /**
     * Reads the gateway's timings.
     *
     * @throws IllegalArgumentException when the video has none
     */
    static Measurement of(Duration wall, JsonNode video) {
        List<StageTime> stages = new ArrayList<>();
        for (JsonNode stage : video.path("stages")) {
            stages.add(new StageTime(
                    stage.path("stage").asText(),
                    number(stage, "claim_ms"),
                    number(stage, "work_ms"),
                    number(stage, "compute_ms")));
        }
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("Video " + video.path("id").asText() + " says no timings of its stages");
        }
        return new Measurement(wall, stages);
    }

    double wallMillis() {
        return wall.toNanos() / 1e6;
    }

    double computeMillis() {
        return stages.stream().mapToDouble(StageTime::computeMillis).sum();
    }

    /** What the pipeline added. */
    double overheadMillis() {
        return wallMillis() - computeMillis();
    }

    private static double number(JsonNode stage, String field) {
        JsonNode value = stage.get(field);
        if (value == null || !value.isNumber()) {
            throw new IllegalArgumentException(
                    "Stage " + stage.path("stage").asText() + " says no " + field + ", found " + value);
        }
        return value.asDouble();
    }
}
