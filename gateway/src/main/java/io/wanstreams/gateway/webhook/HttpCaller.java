package io.wanstreams.gateway.webhook;

import io.smallrye.mutiny.Uni;
import io.wanstreams.gateway.net.OutboundException;
import io.wanstreams.gateway.net.OutboundHttp;
import io.wanstreams.gateway.net.OutboundRequest;
import io.wanstreams.gateway.net.OutboundUri;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Posts events with the headers of the Standard Webhooks specification. Any 2xx takes it; 410 wants no more. */
final class HttpCaller implements Caller {

    private static final int ANSWER_LIMIT_BYTES = 64 << 10;
    private static final int GONE = 410;

    private final OutboundHttp http;
    private final OutboundUri uris;
    private final Map<String, Receiver> receivers;
    private final @Nullable WebhookSecret callbackSecret;
    private final Duration timeout;
    private final InstantSource clock;

    HttpCaller(OutboundHttp http, OutboundUri uris, WebhookSettings settings, InstantSource clock) {
        this.http = http;
        this.uris = uris;
        this.receivers = settings.receivers().stream().collect(Collectors.toMap(Receiver::name, Function.identity()));
        this.callbackSecret = settings.callbackSecret();
        this.timeout = settings.attemptTimeout();
        this.clock = clock;
    }

    @Override
    public Uni<Outcome> call(Delivery delivery) {
        return Uni.createFrom()
                .deferred(() -> http.send(request(delivery)))
                .map(answer -> outcome(answer.status()))
                .onFailure(OutboundException.Forbidden.class)
                .recoverWithItem(e -> new Outcome(Answer.NEVER, String.valueOf(e.getMessage())))
                .onFailure()
                .recoverWithItem(e -> new Outcome(
                        Answer.NOT_NOW,
                        e instanceof OutboundException
                                ? String.valueOf(e.getMessage())
                                : e.getClass().getSimpleName()));
    }

    private OutboundRequest request(Delivery delivery) {
        String url = delivery.queued().url();
        Receiver receiver = receivers.get(delivery.queued().receiver());
        WebhookSecret secret = url == null && receiver != null ? receiver.secret() : callbackSecret;
        if (secret == null || (url == null && receiver == null)) {
            throw new OutboundException.Unreachable("no settings for this receiver");
        }
        URI uri = url == null ? java.util.Objects.requireNonNull(receiver).url() : uris.parse(url);
        byte[] body = delivery.queued().body().getBytes(StandardCharsets.UTF_8);
        long now = clock.instant().getEpochSecond();
        String id = delivery.queued().event();
        Map<String, String> headers = Map.of(
                "content-type",
                "application/json",
                "user-agent",
                "wan-streams",
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(now),
                "webhook-signature",
                secret.sign(id, now, body));
        return new OutboundRequest("POST", uri, headers, body, ANSWER_LIMIT_BYTES, timeout);
    }

    private static Outcome outcome(int status) {
        if (status >= 200 && status < 300) {
            return new Outcome(Answer.TAKEN, "status " + status);
        }
        return new Outcome(status == GONE ? Answer.NEVER : Answer.NOT_NOW, "status " + status);
    }
}
