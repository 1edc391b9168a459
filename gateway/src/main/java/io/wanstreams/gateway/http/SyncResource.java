package io.wanstreams.gateway.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.gateway.GatewayConfig;
import io.wanstreams.gateway.board.BoardJob;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/videos/sync}: the answer is the video itself, as scripts for vLLM-Omni expect it. The job is one like all others;
 * when waiting takes too long, it goes on.
 */
@Path("/v1/videos/sync")
@Singleton
public final class SyncResource {

    private final Creation creation;
    private final Contents contents;
    private final Endings endings;
    private final Duration limit;

    SyncResource(Creation creation, Contents contents, Endings endings, GatewayConfig config) {
        this.creation = creation;
        this.contents = contents;
        this.endings = endings;
        this.limit = config.http().syncLimit();
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Create a video and wait for it", description = "Answers with the MP4.")
    public Uni<Response> createFromForm(MultipartFormDataInput form, @Context HttpHeaders headers) {
        return make(Received.form(form), headers);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Response> createFromJson(byte @Nullable [] body, @Context HttpHeaders headers) {
        return make(Received.json(body), headers);
    }

    private Uni<Response> make(Received body, HttpHeaders headers) {
        return creation.create(body, headers)
                .chain(job -> endings.await(job.job().id())
                        .ifNoItem()
                        .after(limit)
                        .failWith(() -> ApiException.of(
                                504,
                                "still_running",
                                "The video is not ready yet; look at /v1/videos/"
                                        + job.job().id() + ".")))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(this::answer);
    }

    private Response answer(BoardJob boardJob) {
        Job job = boardJob.job();
        if (job.phase() instanceof Phase.Failed failed) {
            throw ApiException.of(
                    422,
                    failed.error().code().toString(),
                    "Video " + job.id() + " failed: " + failed.error().message());
        }
        long millis = Duration.between(job.submittedAt(), job.changedAt()).toMillis();
        return Response.fromResponse(contents.find(boardJob, Variant.VIDEO).whole())
                .header("X-Video-Id", job.id())
                .header("X-Model", job.request().model())
                .header("X-Inference-Time-S", millis / 1000.0)
                .header("X-Stage-Durations", ApiJson.write(durations(job)))
                .build();
    }

    private static Map<String, Double> durations(Job job) {
        Map<String, Double> durations = new TreeMap<>();
        for (CompletedStage stage : job.completed()) {
            durations.put(
                    stage.stage().name().toLowerCase(Locale.ROOT),
                    stage.timings().workMs() / 1000.0);
        }
        return durations;
    }
}
