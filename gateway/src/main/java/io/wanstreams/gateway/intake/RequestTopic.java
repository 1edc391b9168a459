package io.wanstreams.gateway.intake;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.gateway.access.Caller;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.request.DraftReader;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests from {@code wan.requests}. An event is acknowledged when its submission is; redelivered, it names the same job.
 * What is no request becomes a dead letter with its reason; while the queue is full or the log away, the event waits.
 */
@Singleton
public final class RequestTopic {

    private static final Logger log = LoggerFactory.getLogger(RequestTopic.class);
    private static final String TENANT = Caller.ANYBODY.tenant();
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Submissions submissions;

    RequestTopic(Submissions submissions) {
        this.submissions = submissions;
    }

    @Incoming("wan-requests")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    public Uni<Void> onRequest(Message<byte[]> message) {
        return Uni.createFrom()
                .deferred(() -> submit(message))
                .onFailure(RequestTopic::isTemporary)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .onItemOrFailure()
                .transformToUni((job, error) ->
                        error == null ? Uni.createFrom().completionStage(message.ack()) : refuse(message, error));
    }

    private Uni<BoardJob> submit(Message<byte[]> message) {
        RequestEvent event = RequestEvent.read(headers(message), message.getPayload());
        JobOrigin origin = new JobOrigin("event", event.source(), RequestDigest.of(event.data(), Uploads.NONE));
        return submissions.submit(new Order(
                JobId.ofCloudEvent(event.source(), event.id()),
                true,
                TENANT,
                origin,
                new Wish.Fresh(DraftReader.read(event.data()), Uploads.NONE)));
    }

    private static boolean isTemporary(Throwable error) {
        return error instanceof IntakeException.QueueFull
                || error instanceof IntakeException.TenantFull
                || error instanceof IntakeException.DiskFull
                || error instanceof IntakeException.Overloaded
                || error instanceof IntakeException.Unavailable;
    }

    private static Uni<Void> refuse(Message<byte[]> message, Throwable error) {
        message.getMetadata(IncomingKafkaRecordMetadata.class)
                .ifPresent(found -> log.atWarn()
                        .addKeyValue("topic", found.getTopic())
                        .addKeyValue("partition", found.getPartition())
                        .addKeyValue("offset", found.getOffset())
                        .addKeyValue("reason", error.getMessage())
                        .log("Request refused, goes to the dead letters"));
        return Uni.createFrom().completionStage(message.nack(error));
    }

    /** A payload of null does not come here: the connector has its own way with tombstones. */
    private static Map<String, String> headers(Message<byte[]> message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.getMetadata(IncomingKafkaRecordMetadata.class).ifPresent(found -> {
            for (Header header : found.getHeaders()) {
                if (header.value() != null) {
                    headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
                }
            }
        });
        return headers;
    }
}
