package io.wanstreams.gateway.intake;

import io.smallrye.mutiny.Uni;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.gateway.board.Barrier;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import java.time.Duration;
import java.util.Optional;

/** Finds a job; before it says that there is none, it reads to the end of the log. */
public final class Lookup {

    private final JobBoard board;
    private final Barrier barrier;
    private final Duration retryAfter;

    public Lookup(JobBoard board, Barrier barrier, SubmitSettings settings) {
        this.board = board;
        this.barrier = barrier;
        this.retryAfter = settings.retryAfter();
    }

    /** The tenant's job; those of others read as unknown. Fails with {@link IntakeException.Unavailable} when the log cannot be read. */
    public Uni<Optional<BoardJob>> find(String tenant, String id) {
        return Uni.createFrom().deferred(() -> {
            Optional<JobId> parsed = parse(id);
            if (parsed.isEmpty() || board.isGone(parsed.get())) {
                return Uni.createFrom().item(Optional.empty());
            }
            Optional<BoardJob> job = onBoard(tenant, parsed.get());
            return job.isPresent() ? Uni.createFrom().item(job) : afterCatchingUp(tenant, parsed.get());
        });
    }

    private Uni<Optional<BoardJob>> afterCatchingUp(String tenant, JobId id) {
        return Uni.createFrom()
                .completionStage(barrier::awaitEnd)
                .onFailure()
                .transform(error -> (Throwable) new IntakeException.Unavailable(true, retryAfter))
                .map(read -> onBoard(tenant, id));
    }

    private Optional<BoardJob> onBoard(String tenant, JobId id) {
        return board.find(id).filter(job -> job.job().tenant().equals(tenant));
    }

    private static Optional<JobId> parse(String id) {
        try {
            return Optional.of(JobId.parse(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
