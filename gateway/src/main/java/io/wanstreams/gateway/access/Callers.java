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

    public Caller current() {
        RoutingContext context = request.getCurrent();
        Caller caller = context == null ? null : context.get(KEY);
        return caller == null ? Caller.ANYBODY : caller;
    }

    /** The caller's tenant. */
    public String tenant() {
        return current().tenant();
    }
}
