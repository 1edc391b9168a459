package io.wanstreams.gateway.request;

import io.wanstreams.gateway.net.OutboundException;
import io.wanstreams.gateway.net.OutboundUri;
import org.jspecify.annotations.Nullable;

/** Whether a request may name a callback, and what its URL looks like. Where it leads is judged at each call. */
public final class CallbackRule {

    private static final String PARAM = "callback_url";

    private final @Nullable OutboundUri uris;

    private CallbackRule(@Nullable OutboundUri uris) {
        this.uris = uris;
    }

    /** Where callbacks cannot be signed, none are taken. */
    public static CallbackRule noCallbacks() {
        return new CallbackRule(null);
    }

    /** Callbacks to URLs like these. */
    public static CallbackRule to(OutboundUri uris) {
        return new CallbackRule(uris);
    }

    /**
     * Checks a request's callback.
     *
     * @throws RefusedException when there is one and it cannot be called
     */
    public void check(@Nullable String url) {
        if (url == null) {
            return;
        }
        if (uris == null) {
            throw new RefusedException(new Refusal(
                    PARAM,
                    Refusal.UNSUPPORTED,
                    "callback_url is not taken here: the operator has set no wan.webhooks.callback-secret."));
        }
        try {
            uris.parse(url);
        } catch (OutboundException.Forbidden e) {
            throw RefusedException.invalid(PARAM, "callback_url cannot be called: " + e.getMessage() + ".");
        }
    }
}
