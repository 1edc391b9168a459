package io.wanstreams.prompt;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the channels are open; SmallRye itself says whether the broker is reached. */
@Readiness
@ApplicationScoped
public class PromptReadiness implements HealthCheck {

    private final PromptLifecycle lifecycle;

    PromptReadiness(PromptLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("prompt-service")
                .status(lifecycle.isReady())
                .build();
    }
}
