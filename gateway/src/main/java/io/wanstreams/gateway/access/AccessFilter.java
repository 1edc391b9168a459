package io.wanstreams.gateway.access;

import io.wanstreams.gateway.http.Answers;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Stands before every resource, whatever its path: nobody is answered who may not be. */
@Singleton
public final class AccessFilter {

    private final Callers callers;
    /** Filters are made before there are settings. */
    private final Provider<Gatekeeper> gatekeeper;

    AccessFilter(Callers callers, Provider<Gatekeeper> gatekeeper) {
        this.callers = callers;
        this.gatekeeper = gatekeeper;
    }

    @ServerRequestFilter(preMatching = true)
    public @Nullable Response check(ContainerRequestContext request) {
        Optional<Caller> caller = gatekeeper.get().caller(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (caller.isEmpty()) {
            return Answers.unauthenticated();
        }
        Scope needed = scope(request.getMethod());
        if (!caller.get().may(needed)) {
            return Answers.forbidden(needed.name().toLowerCase(Locale.ROOT));
        }
        callers.set(caller.get());
        return null;
    }

    private static Scope scope(String method) {
        return switch (method) {
            case HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS -> Scope.READ;
            default -> Scope.CREATE;
        };
    }
}
