package io.wanstreams.gateway.access;

import io.quarkus.runtime.StartupEvent;
import io.wanstreams.gateway.GatewayConfig;
import io.wanstreams.gateway.http.Answers;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Asks for a key before every resource, when there are keys; without keys, only this machine is answered. */
@Singleton
public final class AccessFilter {

    private static final String BEARER = "bearer ";

    private final Callers callers;
    private final @Nullable KeyFile keys;

    AccessFilter(
            Callers callers, GatewayConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        GatewayConfig.Access access = config.access();
        this.callers = callers;
        this.keys = access.keysFile()
                .map(file -> new KeyFile(file, access.reload(), System::nanoTime))
                .orElse(null);
        Listening.check(host, keys != null, access.open());
    }

    /** Made at start, not with the first request: what is wrong with the keys is said at once. */
    void start(@Observes StartupEvent event) {}

    @ServerRequestFilter(preMatching = true)
    public @Nullable Response check(ContainerRequestContext request) {
        if (keys == null) {
            callers.set(Caller.ANYBODY);
            return null;
        }
        Optional<Caller> caller = bearer(request).flatMap(keys.keys()::caller);
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

    private static Optional<String> bearer(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static Scope scope(String method) {
        return switch (method) {
            case HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS -> Scope.READ;
            default -> Scope.CREATE;
        };
    }
}
