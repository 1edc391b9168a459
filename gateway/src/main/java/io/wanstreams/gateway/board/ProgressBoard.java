package io.wanstreams.gateway.board;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.progress.Heartbeat;
import io.wanstreams.transport.progress.HeartbeatListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The newest heartbeat of each job, when it was heard, and the percent shown so far. Bounded: only jobs on the board that are not over. */
public final class ProgressBoard implements HeartbeatListener, BoardListener {

    /** @param percent the highest shown so far: it never goes back, not even when a stage goes on from a checkpoint */
    private record Entry(@Nullable Heartbeat heartbeat, long heardNanos, int percent) {}

    private static final Entry NOTHING = new Entry(null, 0, 0);

    private final JobBoard board;
    private final LongSupplier nanoTime;
    private final Map<JobId, Entry> entries = new ConcurrentHashMap<>();
    private final List<Consumer<JobId>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Shows progress of the jobs on this board.
     *
     * @param nanoTime a monotonic clock
     */
    public ProgressBoard(JobBoard board, LongSupplier nanoTime) {
        this.board = board;
        this.nanoTime = nanoTime;
    }

    @Override
    public void onHeartbeat(Heartbeat heartbeat) {
        BoardJob job = board.find(heartbeat.job()).orElse(null);
        if (job == null || !job.isLive()) {
            return;
        }
        long now = nanoTime.getAsLong();
        entries.compute(heartbeat.job(), (id, entry) -> {
            Entry before = entry == null ? NOTHING : entry;
            int percent = Math.max(before.percent(), Progress.percent(job.job(), fitting(job.job(), heartbeat)));
            return new Entry(heartbeat, now, percent);
        });
        listeners.forEach(listener -> listener.accept(heartbeat.job()));
    }

    @Override
    public void onFact(BoardJob job) {
        JobId id = job.job().id();
        if (job.isLive()) {
            entries.computeIfPresent(
                    id,
                    (key, entry) -> new Entry(
                            entry.heartbeat(),
                            entry.heardNanos(),
                            Math.max(entry.percent(), Progress.percent(job.job(), null))));
        } else {
            entries.remove(id);
        }
    }

    /** Percent of the job's expected cost; never goes back while this gateway runs. */
    public int percent(Job job) {
        Entry entry = entries.getOrDefault(job.id(), NOTHING);
        return Math.max(entry.percent(), Progress.percent(job, fitting(job, entry.heartbeat())));
    }

    /** The newest heartbeat of the stage and turn the job is at. */
    public Optional<Heartbeat> newest(Job job) {
        return Optional.ofNullable(
                fitting(job, entries.getOrDefault(job.id(), NOTHING).heartbeat()));
    }

    /** When the worker that runs the job was last heard in this turn, on this board's clock. */
    public OptionalLong lastHeardNanos(Job job) {
        Entry entry = entries.getOrDefault(job.id(), NOTHING);
        Heartbeat heartbeat = fitting(job, entry.heartbeat());
        boolean isRunner = heartbeat != null
                && job.phase() instanceof Phase.Running running
                && heartbeat.worker().equals(running.worker());
        return isRunner ? OptionalLong.of(entry.heardNanos()) : OptionalLong.empty();
    }

    /** Adds a listener, told after each heartbeat on the feed's thread; closing what is returned removes it. */
    public Subscription listen(Consumer<JobId> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private static @Nullable Heartbeat fitting(Job job, @Nullable Heartbeat heartbeat) {
        StageTurn at = job.phase().stageTurn().orElse(null);
        return heartbeat != null && at != null && at.stage() == heartbeat.stage() && at.turn() == heartbeat.turn()
                ? heartbeat
                : null;
    }
}
