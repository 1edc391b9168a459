package io.wanstreams.encoder;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the model is loaded and the broker reached. */
@Readiness
@ApplicationScoped
public class EncoderReadiness implements HealthCheck {

    private final EncoderLifecycle lifecycle;

    EncoderReadiness(EncoderLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("encoder-service")
                .status(lifecycle.isReady())
                .build();
    }
}
