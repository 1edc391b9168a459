package io.wanstreams.denoise;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the model is loaded and the broker reached. */
@Readiness
@ApplicationScoped
public class DenoiseReadiness implements HealthCheck {

    private final DenoiseLifecycle lifecycle;

    DenoiseReadiness(DenoiseLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("denoise-service")
                .status(lifecycle.isReady())
                .build();
    }
}
