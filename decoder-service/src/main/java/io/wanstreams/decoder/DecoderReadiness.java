package io.wanstreams.decoder;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the model is loaded and the broker reached. */
@Readiness
@ApplicationScoped
public class DecoderReadiness implements HealthCheck {

    private final DecoderLifecycle lifecycle;

    DecoderReadiness(DecoderLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("decoder-service")
                .status(lifecycle.isReady())
                .build();
    }
}
