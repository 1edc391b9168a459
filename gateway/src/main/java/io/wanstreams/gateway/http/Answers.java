package io.wanstreams.gateway.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Errors that are answered before any resource is asked. */
public final class Answers {

    private Answers() {}

    /** No key, or none that is known; which of the two is not said. */
    public static Response unauthenticated() {
        return Response.fromResponse(Errors.answer(
                        401,
                        "invalid_api_key",
                        null,
                        "Send a key of this gateway as Authorization: Bearer <key>.",
                        false))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    /** A key that may not do this. */
    public static Response forbidden(String scope) {
        return Errors.answer(403, "insufficient_scope", null, "This needs a key with the scope " + scope + ".", false);
    }
}
