package io.wanstreams.gateway.intake;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.gateway.Jobs;
import io.wanstreams.gateway.board.Barrier;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.log.JobLog;
import io.wanstreams.transport.log.LogPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A log in memory. What is appended comes to the board when somebody waits for it, as late as it can. */
final class FakeLog implements JobLog, Barrier {

    private final JobBoard board;
    private final List<RecordedEvent> unread = new ArrayList<>();
    private long next;
    boolean down;
    boolean losesAnswers;

    FakeLog(JobBoard board) {
        this.board = board;
    }

    @Override
    public CompletableFuture<LogPosition> append(JobId job, JobEvent event) {
        if (down) {
            return CompletableFuture.failedFuture(new TransportException("down"));
        }
        Instant time = Jobs.START.plusSeconds(next);
        LogPosition place = new LogPosition(0, next++, time);
        unread.add(new RecordedEvent(job, place.offset(), time, event));
        return losesAnswers
                ? CompletableFuture.failedFuture(new TransportException("no answer"))
                : CompletableFuture.completedFuture(place);
    }

    /** Brings the board to the end. */
    void read() {
        unread.forEach(event -> board.apply(0, event));
        unread.clear();
    }

    int unread() {
        return unread.size();
    }

    @Override
    public CompletableFuture<@Nullable Void> awaitEnd() {
        if (down) {
            return CompletableFuture.failedFuture(new TransportException("down"));
        }
        read();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<@Nullable Void> awaitPast(LogPosition place) {
        return awaitEnd();
    }
}
