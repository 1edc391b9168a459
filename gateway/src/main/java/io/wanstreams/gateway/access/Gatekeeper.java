package io.wanstreams.gateway.access;

import io.quarkus.runtime.StartupEvent;
import io.wanstreams.gateway.GatewayConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Knows who may come: whoever has a key, or without keys everybody on this machine. */
@Singleton
public final class Gatekeeper {

    private static final String BEARER = "bearer ";

    private final @Nullable KeyFile keys;

    Gatekeeper(GatewayConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        GatewayConfig.Access access = config.access();
        this.keys = access.keysFile()
                .map(file -> new KeyFile(file, access.reload(), System::nanoTime))
                .orElse(null);
        Listening.check(host, keys != null, access.open());
    }

    /** Made at start, not with the first request: what is wrong with the keys is said at once. */
    void start(@Observes StartupEvent event) {}

    /**
     * Who that is.
     *
     * @param authorization the header, or null
     */
    Optional<Caller> caller(@Nullable String authorization) {
        if (keys == null) {
            return Optional.of(Caller.ANYBODY);
        }
        return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? keys.keys().caller(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }
}
