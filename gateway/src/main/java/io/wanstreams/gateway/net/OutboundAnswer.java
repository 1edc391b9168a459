package io.wanstreams.gateway.net;

import java.util.Map;
import java.util.Optional;

/**
 * What came back.
 *
 * @param headers by name in lower case; of several values the first
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record OutboundAnswer(int status, Map<String, String> headers, byte[] body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
