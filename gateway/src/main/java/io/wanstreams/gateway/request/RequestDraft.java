package io.wanstreams.gateway.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a client asked for, every field open but those it set. Kinds are right, values are unchecked. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(
        name = "CreateVideo",
        description = "A video to make. Every field but the prompt has a default, see GET /v1/models.")
public record RequestDraft(
        @Schema(description = "A served model; the first one when absent") @Nullable
        String model,

        @Schema(description = "How many videos; they differ in their seeds, counted up from the first one's") @Nullable
        Integer n,

        @Schema(description = "Whose defaults fill the gaps: wan or diffusers") @Nullable
        String preset,

        @Schema(description = "What is seen, in words. Either this or subject") @Nullable
        String prompt,

        @Schema(description = "Template: who or what is seen") @Nullable
        String subject,

        @Schema(description = "Template: what it does") @Nullable
        String action,

        @Schema(description = "Template: where") @Nullable String environment,

        @Schema(description = "Template: how it looks") @Nullable
        String style,

        @Schema(description = "What the video must not look like; empty for nothing") @Nullable
        String negativePrompt,

        @Schema(
                description =
                        "First frame: its https URL, or the image as data URL; as text or as {image_url}; a form may"
                                + " carry it as a file. image_reference and reference_url mean the same")
        @Nullable
        ImageReference inputReference,

        @Schema(description = "Last frame, in the same ways") @Nullable
        ImageReference lastImage,

        @Nullable String lighting,
        @Nullable String composition,
        @Nullable String colorTone,

        @Schema(description = "WIDTHxHEIGHT in pixels", examples = "1280x720") @Nullable
        String size,

        @Nullable Integer width,
        @Nullable Integer height,

        @Schema(description = "Length, rounded down to a valid number of frames; number or text") @Nullable
        Double seconds,

        @Schema(description = "Pixel frames, 4n+1") @Nullable
        Integer numFrames,

        @Nullable Integer fps,
        @Nullable Integer numInferenceSteps,

        @Schema(description = "Of the high-noise expert, or of the only one") @Nullable
        Double guidanceScale,

        @JsonProperty("guidance_scale_2")
        @Schema(description = "Of the low-noise expert; guidance_scale when that is given alone")
        @Nullable
        Double guidanceScale2,

        @Nullable Double flowShift,
        @Nullable Double boundaryRatio,

        @Schema(description = "wan or diffusers") @Nullable String sigmaGrid,

        @Schema(description = "Solver: unipc, dpm++ or euler") @Nullable
        String scheduler,

        @Schema(description = "0 to 2^63-1; -1 draws one") @Nullable
        Long seed,

        @Nullable Boolean saveFrames,

        @Schema(description = "The job fails when it is not over this many seconds after its submission") @Nullable
        Long deadlineS,

        @Schema(description = "Told with a webhook when the job is over, if the gateway takes callbacks") @Nullable
        String callbackUrl,

        @Schema(description = "Echoed; at most 16 keys") Map<String, String> metadata) {

    public RequestDraft {
        metadata = Map.copyOf(metadata);
    }
}
