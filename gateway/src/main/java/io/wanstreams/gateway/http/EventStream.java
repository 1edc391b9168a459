package io.wanstreams.gateway.http;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.gateway.board.BoardJob;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.gateway.board.ProgressBoard;
import io.wanstreams.gateway.board.Subscription;

/**
 * What happens to one job, from now to its end: every fact once and in order, progress as it comes. Ends with {@code
 * video.completed} or {@code video.failed}. A listener that falls too far behind is sent away; it may come again.
 */
final class EventStream {

    /** @param id place of the fact, or empty for progress */
    record Event(String name, String id, String data) {}

    private final JobBoard board;
    private final ProgressBoard progress;
    private final VideoViews views;
    private final int buffer;

    EventStream(JobBoard board, ProgressBoard progress, VideoViews views, int buffer) {
        this.board = board;
        this.progress = progress;
        this.views = views;
        this.buffer = buffer;
    }

    Multi<Event> of(JobId id) {
        return Multi.createFrom().emitter(emitter -> new Listener(id, emitter).start(), buffer);
    }

    private final class Listener {
        private final JobId id;
        private final MultiEmitter<? super Event> emitter;
        private long told = -1;
        private boolean over;

        Listener(JobId id, MultiEmitter<? super Event> emitter) {
            this.id = id;
            this.emitter = emitter;
        }

        /** Listens first, then tells where the job is: nothing falls in between. */
        void start() {
            Subscription facts = board.listen(this::onFact);
            Subscription beats = progress.listen(this::onHeartbeat);
            emitter.onTermination(() -> {
                facts.close();
                beats.close();
            });
            board.find(id).ifPresentOrElse(this::onFact, emitter::complete);
        }

        private synchronized void onFact(BoardJob job) {
            if (over || !job.job().id().equals(id) || job.job().changedOffset() <= told) {
                return;
            }
            told = job.job().changedOffset();
            over = !job.isLive();
            if (job.job().phase() instanceof Phase.Deleted) {
                emitter.complete();
                return;
            }
            emitter.emit(new Event(name(job), job.place(), ApiJson.write(views.of(job))));
            if (over) {
                emitter.complete();
            }
        }

        /** Progress is only the latest value: whoever has not read what was said gets no more of it. */
        private synchronized void onHeartbeat(JobId job) {
            if (!over && job.equals(id) && emitter.requested() > 0) {
                board.find(id)
                        .filter(BoardJob::isLive)
                        .ifPresent(
                                found -> emitter.emit(new Event("video.progress", "", ApiJson.write(views.of(found)))));
            }
        }

        private static String name(BoardJob job) {
            if (job.isLive()) {
                return "video.stage";
            }
            return job.job().phase() instanceof Phase.Completed ? "video.completed" : "video.failed";
        }
    }
}
