package io.wanstreams.gateway.http;

import io.smallrye.mutiny.Uni;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.intake.Removal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /v1/videos/{id}/cancel}: a job ends and stays visible. */
@Path("/v1/videos/{id}/cancel")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class CancelResource {

    private static final String CLIENT = "client";

    private final Videos videos;
    private final Removal removal;
    private final VideoAnswers answers;

    CancelResource(Videos videos, Removal removal, VideoAnswers answers) {
        this.videos = videos;
        this.removal = removal;
        this.answers = answers;
    }

    @POST
    @Operation(
            summary = "Cancel a video",
            description = "It stays, failed with error.code cancelled. 409 when it was over before.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = VideoView.class)))
    @APIResponse(responseCode = "409", content = @Content(schema = @Schema(implementation = ErrorEnvelope.class)))
    public Uni<Response> cancel(@PathParam("id") String id) {
        return videos.find(id)
                .chain(job -> job.isLive()
                        ? removal.cancel(job, CLIENT).chain(() -> videos.find(id))
                        : Uni.createFrom().item(job))
                .map(CancelResource::cancelled)
                .map(answers::of);
    }

    private static BoardJob cancelled(BoardJob job) {
        if (job.job().phase() instanceof Phase.Cancelled) {
            return job;
        }
        throw ApiException.conflict("video_over", "The video is " + VideoViews.status(job.job()) + " already.");
    }
}
