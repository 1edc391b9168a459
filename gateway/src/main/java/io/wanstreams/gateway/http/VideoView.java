package io.wanstreams.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A video job as clients see it: the fields of the official API, then ours. */
@Schema(name = "Video")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record VideoView(
        String id,
        String object,

        @Schema(
                description =
                        "queued, in_progress, completed or failed; a cancelled job is failed with error.code cancelled")
        String status,

        @Schema(description = "Percent of the expected cost; never goes back")
        int progress,

        @Schema(description = "Unix seconds") long createdAt,
        @Nullable Long completedAt,

        @Schema(description = "When the files may be gone, Unix seconds") @Nullable
        Long expiresAt,

        String model,
        @Nullable String prompt,
        @Schema(description = "Length as text") String seconds,
        String size,
        @Nullable String remixedFromVideoId,
        @Nullable Failure error,

        @Schema(description = "accepted, prompt, encode, denoise_high, denoise_low, denoise or decode")
        String stage,

        @Nullable StageProgress stageProgress,
        EffectiveParams effectiveParams,
        List<String> warnings,
        Map<String, String> metadata,
        List<Stage> stages,

        @Schema(description = "The ids of all videos of the same request, when it asked for several") @Nullable
        List<String> variants) {

    /** Why a job failed; the codes are a closed list. */
    @Schema(name = "VideoError")
    public record Failure(String code, String message) {}

    /** How far the current stage is. */
    @Schema(name = "StageProgress")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record StageProgress(int step, int of, double stepsPerSecond) {}

    /** What is carried out, with every default resolved and the seed drawn. */
    @Schema(name = "EffectiveParams")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EffectiveParams(
            String model,
            String preset,
            String size,
            int numFrames,
            int fps,
            int numInferenceSteps,
            double guidanceScale,
            @JsonProperty("guidance_scale_2") double guidanceScale2,
            double flowShift,
            @Nullable Double boundaryRatio,
            String sigmaGrid,
            String scheduler,
            long seed,
            String negativePrompt,
            @Nullable String lighting,
            @Nullable String composition,
            @Nullable String colorTone,

            @Schema(description = "SHA-256 of the first frame's file") @Nullable
            String image,

            @Schema(description = "SHA-256 of the last frame's file") @Nullable
            String lastImage,

            @Schema(description = "As the model got it, once that is known") @Nullable
            String prompt) {}

    /** A stage that is done. */
    @Schema(name = "FinishedStage")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Stage(String stage, String worker, long claimMs, long workMs, long computeMs, double completedAt) {}
}
