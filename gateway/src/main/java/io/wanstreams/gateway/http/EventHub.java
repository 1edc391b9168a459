package io.wanstreams.gateway.http;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.progress.Preview;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.PreviewBoard;
import io.wanstreams.gateway.board.ProgressBoard;
import io.wanstreams.gateway.board.Subscription;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands what happens to a job to those who listen to it. However many they are, the board is heard once and each event is
 * rendered once; jobs that nobody listens to cost a look into a map.
 */
final class EventHub {

    /** A fact and its event. */
    record Fact(BoardJob job, EventStream.Event event) {}

    /** Called on the threads of the board and of the heartbeats: quick, never blocking. */
    interface Listener {

        void onFact(Fact fact);

        /** Something that only counts while it is new; of each name, the newest. */
        void onProgress(EventStream.Event event);
    }

    private final JobBoard board;
    private final VideoViews views;
    private final Map<JobId, Set<Listener>> listeners = new ConcurrentHashMap<>();

    EventHub(JobBoard board, ProgressBoard progress, PreviewBoard previews, VideoViews views) {
        this.board = board;
        this.views = views;
        board.listen(this::onFact);
        progress.listen(this::onHeartbeat);
        previews.listen(this::onPreview);
    }

    /** Adds a listener to a job; closing what is returned removes it. */
    Subscription listen(JobId id, Listener listener) {
        listeners.compute(id, (key, known) -> {
            Set<Listener> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(listener);
            return all;
        });
        return () -> listeners.computeIfPresent(id, (key, all) -> {
            all.remove(listener);
            return all.isEmpty() ? null : all;
        });
    }

    /** The event of a job's newest fact. */
    Fact render(BoardJob job) {
        return new Fact(job, new EventStream.Event(name(job), job.place(), ApiJson.write(views.of(job))));
    }

    /** Lets every connection show that it is alive. */
    void keepAlive() {
        listeners.values().forEach(all -> all.forEach(one -> one.onProgress(EventStream.Event.KEEP_ALIVE)));
    }

    private void onFact(BoardJob job) {
        Set<Listener> all = listeners.get(job.job().id());
        if (all != null) {
            Fact fact = render(job);
            all.forEach(listener -> listener.onFact(fact));
        }
    }

    private void onHeartbeat(JobId id) {
        Set<Listener> all = listeners.get(id);
        if (all != null) {
            board.find(id)
                    .filter(BoardJob::isLive)
                    .map(job -> new EventStream.Event("video.progress", "", ApiJson.write(views.of(job))))
                    .ifPresent(event -> all.forEach(listener -> listener.onProgress(event)));
        }
    }

    private void onPreview(Preview preview) {
        Set<Listener> all = listeners.get(preview.job());
        if (all != null) {
            EventStream.Event event =
                    new EventStream.Event("video.preview", "", ApiJson.write(PreviewView.of(preview)));
            all.forEach(listener -> listener.onProgress(event));
        }
    }

    private static String name(BoardJob job) {
        if (job.isLive()) {
            return "video.stage";
        }
        return job.job().phase() instanceof Phase.Completed ? "video.completed" : "video.failed";
    }
}
