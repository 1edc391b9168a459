package io.wanstreams.gateway.http;

import io.smallrye.mutiny.Uni;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.gateway.GatewayConfig;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.Subscription;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Waits for jobs to be over, without a thread for each. */
@Singleton
public final class Endings {

    private final JobBoard board;
    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();

    Endings(JobBoard board, GatewayConfig config) {
        this.board = board;
        this.limit = config.http().eventListeners();
    }

    /** The job when it is over. */
    Uni<BoardJob> await(JobId id) {
        return Uni.createFrom().emitter(emitter -> {
            if (waiting.incrementAndGet() > limit) {
                waiting.decrementAndGet();
                emitter.fail(ApiException.of(
                        429, "too_many_listeners", "Too many wait for videos; look at /v1/videos/" + id + "."));
                return;
            }
            Subscription facts = board.listen(job -> {
                if (job.job().id().equals(id) && job.job().isTerminal()) {
                    emitter.complete(job);
                }
            });
            emitter.onTermination(() -> {
                waiting.decrementAndGet();
                facts.close();
            });
            board.find(id).filter(job -> job.job().isTerminal()).ifPresent(emitter::complete);
        });
    }
}
