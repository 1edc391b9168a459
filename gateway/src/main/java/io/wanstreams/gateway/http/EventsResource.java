package io.wanstreams.gateway.http;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.wanstreams.gateway.GatewayConfig;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.PreviewBoard;
import io.wanstreams.gateway.board.ProgressBoard;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.log.JobHistory;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code /v1/videos/{id}/events}: a job's stages and steps as server-sent events. */
@Path("/v1/videos/{id}/events")
@Singleton
public final class EventsResource {

    private final Videos videos;
    private final EventStream streams;
    private final int listenerLimit;
    private final AtomicInteger listeners = new AtomicInteger();
    private final ScheduledExecutorService keepAlive = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wan-event-keep-alive");
        thread.setDaemon(true);
        return thread;
    });

    EventsResource(
            Videos videos,
            JobBoard board,
            ProgressBoard progress,
            PreviewBoard previews,
            JobHistory history,
            GatewayConfig config) {
        this.videos = videos;
        EventHub hub = new EventHub(board, progress, previews, new VideoViews(progress));
        this.streams = new EventStream(
                board,
                hub,
                past(history, config.board().catchUpLimit()),
                config.http().eventBuffer());
        this.listenerLimit = config.http().eventListeners();
        long interval = config.http().eventKeepAlive().toMillis();
        Future<?> unused = keepAlive.scheduleAtFixedRate(hub::keepAlive, interval, interval, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        keepAlive.shutdownNow();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow a video",
            description =
                    "video.stage for every fact, video.progress while it is worked on, video.completed or video.failed at"
                            + " the end; the data is the Video. video.preview: a VideoPreview with a small picture. Last-Event-ID gives every fact since that one; 204 when"
                            + " there is none left to come.")
    @Blocking // only while it looks the job up: what is thrown before the stream begins can still become the envelope
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id, @HeaderParam("Last-Event-ID") @Nullable String lastEventId, @Context Sse sse) {
        BoardJob job = videos.find(id).await().indefinitely();
        OptionalLong last = LastEventId.offset(lastEventId, job);
        if (LastEventId.isEnd(last, job)) {
            // Browsers come again after every end, except after this answer.
            throw new WebApplicationException(Response.Status.NO_CONTENT);
        }
        return counted(streams.of(job.job().id(), last)).map(event -> event(sse, event));
    }

    static PastFacts past(JobHistory history, Duration timeout) {
        return (now, offset) -> {
            try {
                return history
                        .of(
                                now.job().id(),
                                now.partition(),
                                now.submittedOffset(),
                                now.job().changedOffset(),
                                timeout)
                        .stream()
                        .filter(job -> job.changedOffset() > offset)
                        .toList();
            } catch (TransportException e) {
                throw ApiException.of(503, "log_unavailable", "The log does not answer in time; try again later.");
            }
        };
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
        OutboundSseEvent.Builder builder = sse.newEventBuilder();
        if (event.name().isEmpty()) {
            return builder.comment("keep-alive").build();
        }
        builder.name(event.name()).data(event.data());
        return event.id().isEmpty() ? builder.build() : builder.id(event.id()).build();
    }
}
