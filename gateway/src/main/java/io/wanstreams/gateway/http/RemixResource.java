package io.wanstreams.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/** {@code /v1/videos/{id}/remix}: everything as before, the seed too, with another prompt. */
@Path("/v1/videos/{id}/remix")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class RemixResource {

    private final Creation creation;
    private final Videos videos;
    private final VideoAnswers answers;

    RemixResource(Creation creation, Videos videos, VideoAnswers answers) {
        this.creation = creation;
        this.videos = videos;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Remix a video", description = "The body's prompt instead of the original's; same seed.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VideoView.class)))
    public Uni<Response> remix(@PathParam("id") String id, byte @Nullable [] body, @Context HttpHeaders headers) {
        return remix(id, Forms.ofJson(body).body(), headers);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public Uni<Response> remixFromForm(
            @PathParam("id") String id, MultipartFormDataInput form, @Context HttpHeaders headers) {
        return remix(id, Forms.of(form).body(), headers);
    }

    private Uni<Response> remix(String id, ObjectNode body, HttpHeaders headers) {
        return videos.find(id)
                .chain(original -> creation.remix(original, body, headers))
                .map(answers::created);
    }
}
