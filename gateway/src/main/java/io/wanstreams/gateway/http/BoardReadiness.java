package io.wanstreams.gateway.http;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.wanstreams.gateway.board.Barrier;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the board can be brought to the end of the log: at start when all of it is read, later while Kafka answers. */
@Readiness
@Singleton
public final class BoardReadiness implements AsyncHealthCheck {

    private static final String NAME = "Job board";

    private final Barrier barrier;

    BoardReadiness(Barrier barrier) {
        this.barrier = barrier;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .completionStage(barrier::awaitEnd)
                .map(read -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down(NAME));
    }
}
