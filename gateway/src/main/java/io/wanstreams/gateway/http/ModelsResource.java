package io.wanstreams.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.wanstreams.contracts.request.ModelDefaults;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.gateway.request.RequestResolver;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code /v1/models}, and {@code /models} as some servers have it: what is served, with the defaults of each. */
@Path("/{base: v1/models|models}")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class ModelsResource {

    private final List<Model> models;

    ModelsResource(RequestResolver resolver) {
        long since = Instant.now().getEpochSecond();
        this.models =
                resolver.models().stream().map(model -> Model.of(model, since)).toList();
    }

    @GET
    @Operation(summary = "List models", description = "The first is the default.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Models.class)))
    public String list() {
        return ApiJson.write(new Models("list", models));
    }

    @GET
    @Path("{name}")
    @Operation(summary = "Retrieve a model")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Model.class)))
    public String retrieve(@PathParam("name") String name) {
        return models.stream()
                .filter(model -> model.id().equals(name))
                .findFirst()
                .map(ApiJson::write)
                .orElseThrow(() -> ApiException.notFound("model_not_found", "This gateway does not serve that model."));
    }

    /** The list envelope. */
    @Schema(name = "ModelList")
    record Models(String object, List<Model> data) {}

    /** A served model. */
    @Schema(name = "Model")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Model(
            String id,
            String object,
            long created,
            String ownedBy,
            boolean twoExperts,
            @Nullable Double boundaryRatio,
            String preset,

            @Schema(description = "Whether it makes videos from an image: required, optional or refused")
            String image,

            int sizeMultiple,
            List<String> sizes,
            int trainedFrames,
            Defaults defaults) {

        static Model of(ModelProfile profile, long since) {
            return new Model(
                    profile.name(),
                    "model",
                    since,
                    "wan-streams",
                    profile.twoExperts(),
                    profile.boundaryRatio(),
                    profile.preset().toString(),
                    profile.image().toString(),
                    profile.sizeMultiple(),
                    profile.trainedSizes(),
                    profile.trainedFrames(),
                    Defaults.of(profile.defaults(profile.preset())));
        }
    }

    /** What a request gets for what it leaves open. */
    @Schema(name = "ModelDefaults")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Defaults(
            String size,
            int numFrames,
            int fps,
            int numInferenceSteps,
            double guidanceScale,

            @com.fasterxml.jackson.annotation.JsonProperty("guidance_scale_2")
            double guidanceScale2,

            double flowShift,
            String sigmaGrid,
            String negativePrompt) {

        static Defaults of(ModelDefaults defaults) {
            return new Defaults(
                    defaults.width() + "x" + defaults.height(),
                    defaults.numFrames(),
                    defaults.fps(),
                    defaults.numInferenceSteps(),
                    defaults.guidanceScale(),
                    defaults.guidanceScale2(),
                    defaults.flowShift(),
                    defaults.sigmaGrid().toString(),
                    defaults.negativePrompt());
        }
    }
}
