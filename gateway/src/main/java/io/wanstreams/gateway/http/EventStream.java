package io.wanstreams.gateway.http;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one job, to its end: every fact once and in order, progress as it comes. Ends with {@code
 * video.completed} or {@code video.failed}. A listener that falls too far behind is sent away; it may come again and say
 * what it had last: then it hears every fact since, which are read again from the log, by whichever gateway.
 */
final class EventStream {

    /**
     * One event, rendered once for all listeners.
     *
     * @param name empty for a comment that only keeps the connection alive
     * @param id place of the fact, or empty for progress
     */
    record Event(String name, String id, String data) {

        static final Event KEEP_ALIVE = new Event("", "", "");
    }

    private final JobBoard board;
    private final EventHub hub;
    private final PastFacts past;
    private final int buffer;

    EventStream(JobBoard board, EventHub hub, PastFacts past, int buffer) {
        this.board = board;
        this.hub = hub;
        this.past = past;
        this.buffer = buffer;
    }

    /**
     * The events of a job.
     *
     * @param last offset of the last fact that the listener had; empty begins with where the job is now
     */
    Multi<Event> of(JobId id, OptionalLong last) {
        AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
        Multi<Event> events = Multi.createFrom()
                .<Event>emitter(emitter -> {
                    Listener made = new Listener(id, last, emitter);
                    listener.set(made);
                    made.start();
                })
                .invoke(read -> Objects.requireNonNull(listener.get()).onRead());
        // Reading the log again blocks.
        return last.isPresent() ? events.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()) : events;
    }

    private final class Listener implements EventHub.Listener {

        private final JobId id;
        private final OptionalLong last;
        private final MultiEmitter<? super Event> emitter;
        private final AtomicInteger unread = new AtomicInteger();
        /** By name, what only counts while it is new and could not be said yet. */
        private final Map<String, Event> newest = new LinkedHashMap<>();

        private @Nullable List<EventHub.Fact> held = new ArrayList<>();
        private Subscription subscription = () -> {};
        private long told = -1;
        private boolean over;

        Listener(JobId id, OptionalLong last, MultiEmitter<? super Event> emitter) {
            this.id = id;
            this.last = last;
            this.emitter = emitter;
        }

        /** Listens first, then tells what was before: nothing falls in between. */
        void start() {
            subscription = hub.listen(id, this);
            emitter.onTermination(subscription::close);
            emitter.onRequest(more -> sayNewest());
            BoardJob now = board.find(id).orElse(null);
            if (now == null) {
                emitter.complete();
                return;
            }
            try {
                tellPast(now);
            } catch (RuntimeException e) {
                emitter.fail(e);
            }
        }

        private void tellPast(BoardJob now) {
            List<EventHub.Fact> facts = new ArrayList<>();
            if (last.isEmpty()) {
                facts.add(hub.render(now));
            } else if (last.getAsLong() < now.job().changedOffset()) {
                for (Job job : past.after(now, last.getAsLong())) {
                    facts.add(hub.render(new BoardJob(now.partition(), now.submittedOffset(), job)));
                }
            } else {
                told = last.getAsLong();
            }
            synchronized (this) {
                facts.forEach(this::tell);
                List<EventHub.Fact> meanwhile = held == null ? List.of() : held;
                held = null;
                meanwhile.forEach(this::tell);
            }
        }

        @Override
        public synchronized void onFact(EventHub.Fact fact) {
            if (held == null) {
                tell(fact);
            } else {
                held.add(fact);
            }
        }

        private void tell(EventHub.Fact fact) {
            BoardJob job = fact.job();
            if (over || job.job().changedOffset() <= told) {
                return;
            }
            told = job.job().changedOffset();
            boolean isTooFarBehind = unread.get() >= buffer;
            over = !job.isLive() || isTooFarBehind;
            if (!isTooFarBehind && !(job.job().phase() instanceof Phase.Deleted)) {
                emit(fact.event());
            }
            if (over) {
                subscription.close();
                emitter.complete();
            }
        }

        /** The emitter's own queue knows no bound. */
        private void emit(Event event) {
            unread.incrementAndGet();
            emitter.emit(event);
        }

        /** Only the latest value counts: whoever has not read what was said gets the newest when that is read. */
        @Override
        public synchronized void onProgress(Event event) {
            if (!over) {
                newest.put(event.name(), event);
                sayNewest();
            }
        }

        /** The client has taken an event. */
        void onRead() {
            if (unread.decrementAndGet() == 0) {
                sayNewest();
            }
        }

        private synchronized void sayNewest() {
            while (!over && held == null && unread.get() == 0 && emitter.requested() > 0 && !newest.isEmpty()) {
                emit(Objects.requireNonNull(
                        newest.remove(newest.keySet().iterator().next())));
            }
        }
    }
}
