package io.wanstreams.gateway.http;

import io.smallrye.mutiny.Uni;
import io.wanstreams.gateway.access.Callers;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.intake.Lookup;
import io.wanstreams.gateway.intake.Removal;
import io.wanstreams.gateway.request.RequestDraft;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/** {@code /v1/videos}: create, retrieve, list, delete. */
@Path("/v1/videos")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class VideosResource {

    private static final String CLIENT = "client";

    private final Callers callers;
    private final Creation creation;
    private final Videos videos;
    private final Removal removal;
    private final VideoPages pages;
    private final VideoAnswers answers;

    VideosResource(
            Callers callers,
            Creation creation,
            Videos videos,
            Removal removal,
            JobBoard board,
            Lookup lookup,
            VideoAnswers answers) {
        this.callers = callers;
        this.creation = creation;
        this.videos = videos;
        this.removal = removal;
        this.answers = answers;
        this.pages = new VideoPages(board, lookup, answers.views());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Create a video", description = "Answers when the job is stored safely.")
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RequestDraft.class)),
            })
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VideoView.class)))
    @APIResponse(responseCode = "400", content = @Content(schema = @Schema(implementation = ErrorEnvelope.class)))
    public Uni<Response> createFromJson(byte @Nullable [] body, @Context HttpHeaders headers) {
        return create(Received.json(body), headers);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Create a video from a form",
            description = "The same fields as form fields, name[key] for objects; files: noise (safetensors, tensor"
                    + " latents), input_reference (first frame), last_image.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.MULTIPART_FORM_DATA,
                        schema = @Schema(implementation = RequestDraft.class)),
            })
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VideoView.class)))
    public Uni<Response> createFromForm(MultipartFormDataInput form, @Context HttpHeaders headers) {
        return create(Received.form(form), headers);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> createFromUrlEncoded(byte @Nullable [] body, @Context HttpHeaders headers) {
        return create(Received.urlEncoded(body), headers);
    }

    @GET
    @Operation(
            summary = "List videos",
            description = "limit 1 to 100, order asc or desc, after the id of the last one seen; filters: status,"
                    + " created_after (Unix seconds), metadata[key].")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VideoPages.Page.class)))
    public Uni<String> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("order") @Nullable String order,
            @Context UriInfo uri) {
        ListFilter filter = ListFilter.of(uri.getQueryParameters());
        return pages.page(callers.tenant(), after, limit, order, filter).map(ApiJson::write);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Retrieve a video", description = "A failed job is a 200 too, with status failed.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VideoView.class)))
    @APIResponse(responseCode = "404", content = @Content(schema = @Schema(implementation = ErrorEnvelope.class)))
    public Uni<Response> retrieve(@PathParam("id") String id) {
        return videos.find(id).map(answers::of);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a video", description = "A job that is not over is cancelled first.")
    public Uni<Response> delete(@PathParam("id") String id) {
        return videos.find(id)
                .call(job -> removal.delete(job, CLIENT))
                .map(job -> Response.ok(ApiJson.write(new Deleted(job.job().id().toString(), "video.deleted", true)))
                        .build());
    }

    /** What a deletion answers. */
    record Deleted(String id, String object, boolean deleted) {}

    private Uni<Response> create(Received body, HttpHeaders headers) {
        return creation.create(body, headers).map(answers::created);
    }
}
