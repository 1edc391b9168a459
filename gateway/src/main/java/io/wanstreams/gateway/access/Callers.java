package io.wanstreams.gateway.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Who sent the request that is being answered. */
@Singleton
public final class Callers {

    private static final String KEY = "wan.caller";

    private final CurrentVertxRequest request;

    Callers(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Known after the filter has let the request pass; whoever asks without that is not answered. */
    public Caller current() {
        RoutingContext context = request.getCurrent();
        Caller caller = context == null ? null : context.get(KEY);
        if (caller == null) {
            throw new IllegalStateException("nobody has asked who sent this request");
        }
        return caller;
    }

    void set(Caller caller) {
        request.getCurrent().put(KEY, caller);
    }

    /** The caller's tenant. */
    public String tenant() {
        return current().tenant();
    }
}
