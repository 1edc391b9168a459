package io.wanstreams.gateway.net;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to an address that a client named.
 *
 * @param method for example GET
 * @param uri where to, checked by {@link OutboundUri}
 * @param headers by name
 * @param body or null for none
 * @param answerLimitBytes longest body of an answer
 * @param timeout from looking the name up to the answer's last byte
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the client, never compared
public record OutboundRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        byte @Nullable [] body,
        long answerLimitBytes,
        Duration timeout) {

    /** A GET without headers of its own. */
    public static OutboundRequest get(URI uri, long answerLimitBytes, Duration timeout) {
        return new OutboundRequest("GET", uri, Map.of(), null, answerLimitBytes, timeout);
    }
}
