package io.wanstreams.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.ProgressBoard;
import io.wanstreams.gateway.intake.Lookup;
import io.wanstreams.gateway.intake.Order;
import io.wanstreams.gateway.intake.Removal;
import io.wanstreams.gateway.intake.RequestDigest;
import io.wanstreams.gateway.intake.Submissions;
import io.wanstreams.gateway.request.BodyReader;
import io.wanstreams.gateway.request.DraftReader;
import io.wanstreams.gateway.request.RequestDraft;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.util.regex.Pattern;
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

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String CLIENT = "client";

    private final Submissions submissions;
    private final Lookup lookup;
    private final Removal removal;
    private final VideoPages pages;
    private final VideoViews views;
    private final SecureRandom random = new SecureRandom();

    VideosResource(Submissions submissions, Lookup lookup, Removal removal, JobBoard board, ProgressBoard progress) {
        this.submissions = submissions;
        this.lookup = lookup;
        this.removal = removal;
        this.views = new VideoViews(progress);
        this.pages = new VideoPages(board, views);
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
    public Uni<Response> createFromJson(byte @Nullable [] body, @HeaderParam("Idempotency-Key") @Nullable String key) {
        ObjectNode object = BodyReader.object(body == null ? new byte[0] : body);
        return create(object, null, key);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Create a video from a form",
            description =
                    "The same fields as form fields, name[key] for objects; file field noise: safetensors, tensor latents.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.MULTIPART_FORM_DATA,
                        schema = @Schema(implementation = RequestDraft.class)),
            })
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VideoView.class)))
    public Uni<Response> createFromForm(
            MultipartFormDataInput form, @HeaderParam("Idempotency-Key") @Nullable String key) {
        Forms read = Forms.of(form);
        return create(read.body(), read.noise(), key);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> createFromUrlEncoded(
            byte @Nullable [] body, @HeaderParam("Idempotency-Key") @Nullable String key) {
        return create(Forms.urlEncoded(body == null ? new byte[0] : body), null, key);
    }

    @GET
    @Operation(
            summary = "List videos",
            description = "limit 1 to 100, order asc or desc, after the id of the last one seen.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VideoPages.Page.class)))
    public String list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("order") @Nullable String order) {
        return ApiJson.write(pages.page(Tenants.ONLY, after, limit, order));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Retrieve a video", description = "A failed job is a 200 too, with status failed.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VideoView.class)))
    @APIResponse(responseCode = "404", content = @Content(schema = @Schema(implementation = ErrorEnvelope.class)))
    public Uni<Response> retrieve(@PathParam("id") String id) {
        return find(id).map(this::answer);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a video", description = "A job that is not over is cancelled first.")
    public Uni<Response> delete(@PathParam("id") String id) {
        return find(id).chain(job -> removal.delete(job, CLIENT).map(done -> job))
                .map(job -> Response.ok(ApiJson.write(new Deleted(job.job().id().toString(), "video.deleted", true)))
                        .build());
    }

    /** What a deletion answers. */
    record Deleted(String id, String object, boolean deleted) {}

    private Uni<Response> create(ObjectNode body, java.nio.file.@Nullable Path noise, @Nullable String key) {
        RequestDraft draft = DraftReader.read(body);
        if (key != null && !KEY.matcher(key).matches()) {
            throw ApiException.invalid("Idempotency-Key", "Idempotency-Key is 1 to 255 visible ASCII characters.");
        }
        JobId id = key == null
                ? JobId.ofTime(System.currentTimeMillis(), random)
                : JobId.ofIdempotencyKey(Tenants.ONLY, key);
        JobOrigin origin = new JobOrigin("http", null, RequestDigest.of(body, noise));
        return submissions
                .submit(new Order(id, key != null, Tenants.ONLY, origin, draft, noise))
                .map(job -> Response.fromResponse(answer(job))
                        .header("Location", "/v1/videos/" + job.job().id())
                        .build());
    }

    private Uni<BoardJob> find(String id) {
        return lookup.find(Tenants.ONLY, id).map(found -> found.orElseThrow(ApiException::noSuchVideo));
    }

    private Response answer(BoardJob job) {
        return Response.ok(ApiJson.write(views.of(job)))
                .header("openai-poll-after-ms", PollAdvice.millis(job.job(), views))
                .build();
    }
}
