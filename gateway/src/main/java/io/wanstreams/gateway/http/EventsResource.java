package io.wanstreams.gateway.http;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.wanstreams.gateway.GatewayConfig;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.ProgressBoard;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /v1/videos/{id}/events}: a job's stages and steps as server-sent events. */
@Path("/v1/videos/{id}/events")
@Singleton
public final class EventsResource {

    private final Videos videos;
    private final EventStream streams;
    private final int listenerLimit;
    private final AtomicInteger listeners = new AtomicInteger();

    EventsResource(Videos videos, JobBoard board, ProgressBoard progress, GatewayConfig config) {
        this.videos = videos;
        this.streams = new EventStream(
                board, progress, new VideoViews(progress), config.http().eventBuffer());
        this.listenerLimit = config.http().eventListeners();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow a video",
            description =
                    "video.stage for every fact, video.progress while it is worked on, video.completed or video.failed"
                            + " at the end; the data is the Video.")
    @Blocking // only while it looks the job up: what is thrown before the stream begins can still become the envelope
    public Multi<OutboundSseEvent> events(@PathParam("id") String id, @Context Sse sse) {
        BoardJob job = videos.find(id).await().indefinitely();
        return counted(streams.of(job.job().id())).map(event -> event(sse, event));
    }

    private Multi<EventStream.Event> counted(Multi<EventStream.Event> stream) {
        if (listeners.get() >= listenerLimit) {
            throw ApiException.of(429, "too_many_listeners", "Too many listeners to events; poll instead.");
        }
        return stream.onSubscription()
                .invoke(() -> listeners.incrementAndGet())
                .onTermination()
                .invoke(listeners::decrementAndGet);
    }

    private static OutboundSseEvent event(Sse sse, EventStream.Event event) {
        OutboundSseEvent.Builder builder =
                sse.newEventBuilder().name(event.name()).data(event.data());
        return event.id().isEmpty() ? builder.build() : builder.id(event.id()).build();
    }
}
