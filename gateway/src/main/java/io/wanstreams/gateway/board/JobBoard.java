package io.wanstreams.gateway.board;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.RecordedEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The fold of the whole log. Written by the one thread that follows the log, read by everybody.
 *
 * <p>Bounded: beyond {@code jobLimit} jobs the oldest that are over are forgotten.
 */
public final class JobBoard {

    /** Oldest first; jobs of the same millisecond by their ids. */
    private record Place(Instant submittedAt, JobId id) implements Comparable<Place> {
        static Place of(Job job) {
            return new Place(job.submittedAt(), job.id());
        }

        @Override
        public int compareTo(Place other) {
            int earlier = submittedAt.compareTo(other.submittedAt);
            return earlier != 0 ? earlier : id.compareTo(other.id);
        }
    }

    private final int jobLimit;
    private final Map<JobId, BoardJob> jobs = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Place, JobId> order = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<Place, BoardJob> live = new ConcurrentSkipListMap<>();
    private final AtomicInteger liveCount = new AtomicInteger();
    private final List<BoardListener> listeners = new CopyOnWriteArrayList<>();

    public JobBoard(int jobLimit) {
        if (jobLimit < 1) {
            throw new IllegalArgumentException("the board holds at least 1 job, found " + jobLimit);
        }
        this.jobLimit = jobLimit;
    }

    /** Folds one more event of the log in; called by one thread, in the order of each partition. */
    @SuppressWarnings("ReferenceEquality") // the fold answers with the very same object when an event does not fit
    public void apply(int partition, RecordedEvent event) {
        BoardJob known = jobs.get(event.id());
        Job before = known == null ? null : known.job();
        Job after = JobFold.apply(before, event);
        if (after == null || after == before) {
            return;
        }
        BoardJob job = new BoardJob(partition, known == null ? event.offset() : known.submittedOffset(), after);
        jobs.put(event.id(), job);
        keepOrder(job, known == null);
        forgetBeyondLimit();
        listeners.forEach(listener -> listener.onFact(job));
    }

    /** The job of this id; deleted ones read as unknown. */
    public Optional<BoardJob> find(JobId id) {
        return Optional.ofNullable(jobs.get(id)).filter(job -> !job.isGone());
    }

    /** Whether there was such a job that has been deleted. */
    public boolean isGone(JobId id) {
        BoardJob job = jobs.get(id);
        return job != null && job.isGone();
    }

    /**
     * Jobs of a tenant in the order of their submission.
     *
     * @param after the job after which to begin, or nothing to begin at the first
     */
    public Stream<BoardJob> list(String tenant, Optional<BoardJob> after, boolean newestFirst) {
        ConcurrentNavigableMap<Place, JobId> all = newestFirst ? order.descendingMap() : order;
        return after.map(job -> all.tailMap(Place.of(job.job()), false)).orElse(all).values().stream()
                .map(jobs::get)
                .filter(Objects::nonNull)
                .filter(job -> !job.isGone() && job.job().tenant().equals(tenant));
    }

    /** Jobs that are not over, oldest first. */
    public Collection<BoardJob> live() {
        return live.values();
    }

    /** How many jobs are not over. */
    public int liveCount() {
        return liveCount.get();
    }

    public int size() {
        return jobs.size();
    }

    /** Adds a listener; closing what is returned removes it. */
    public Subscription listen(BoardListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void keepOrder(BoardJob job, boolean isNew) {
        Place place = Place.of(job.job());
        if (job.isLive()) {
            liveCount.addAndGet(live.put(place, job) == null ? 1 : 0);
        } else {
            liveCount.addAndGet(live.remove(place) == null ? 0 : -1);
        }
        if (isNew) {
            order.put(place, job.job().id());
        }
    }

    private void forgetBeyondLimit() {
        if (jobs.size() <= jobLimit) {
            return;
        }
        for (Map.Entry<Place, JobId> oldest : order.entrySet()) {
            if (!live.containsKey(oldest.getKey())) {
                order.remove(oldest.getKey());
                jobs.remove(oldest.getValue());
                return;
            }
        }
    }
}
