package io.wanstreams.gateway.board;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.progress.Preview;
import io.wanstreams.transport.progress.PreviewListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest preview of each job that is not over. Bounded: beyond {@code limit} jobs, that of the job which has shown
 * nothing for longest is forgotten. Thread-safe.
 */
public final class PreviewBoard implements PreviewListener, BoardListener {

    private final JobBoard board;
    private final int limit;
    private final Map<JobId, Preview> newest = new LinkedHashMap<>();
    private final List<Consumer<Preview>> listeners = new CopyOnWriteArrayList<>();

    /** @param limit most jobs whose preview is kept */
    public PreviewBoard(JobBoard board, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("wan.gateway.board.preview-limit is at least 1, found " + limit);
        }
        this.board = board;
        this.limit = limit;
    }

    @Override
    public void onPreview(Preview preview) {
        if (board.find(preview.job()).filter(job -> mayBeOf(job, preview)).isEmpty()) {
            return;
        }
        synchronized (this) {
            if (isOlder(preview, newest.get(preview.job()))) {
                return;
            }
            newest.remove(preview.job());
            newest.put(preview.job(), preview);
            if (newest.size() > limit) {
                newest.remove(newest.keySet().iterator().next());
            }
        }
        listeners.forEach(listener -> listener.accept(preview));
    }

    @Override
    public synchronized void onFact(BoardJob job) {
        if (!job.isLive()) {
            newest.remove(job.job().id());
        }
    }

    /** The newest preview of a job. */
    public synchronized Optional<Preview> newest(JobId job) {
        return Optional.ofNullable(newest.get(job));
    }

    /** Adds a listener, told of each preview on the feed's thread; closing what is returned removes it. */
    public Subscription listen(Consumer<Preview> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** That of a stage's last step may come when the job is at its next stage already. */
    private static boolean mayBeOf(BoardJob job, Preview preview) {
        StageTurn at = job.job().phase().stageTurn().orElse(null);
        return at != null && at.turn() >= preview.turn();
    }

    /** A worker that lost its job may go on showing for a moment. */
    private static boolean isOlder(Preview preview, @Nullable Preview known) {
        return known != null
                && (preview.turn() < known.turn() || (preview.turn() == known.turn() && preview.step() < known.step()));
    }
}
