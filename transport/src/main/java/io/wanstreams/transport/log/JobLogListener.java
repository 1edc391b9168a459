package io.wanstreams.transport.log;

import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.ticket.LogCursor;

/** Hears the events of the whole log, on the feed's thread, in order within each partition. */
@FunctionalInterface
public interface JobLogListener {

    /** {@code after} is the place right behind the event: a fold that includes it goes up to there. */
    void onEvent(RecordedEvent event, LogCursor after);
}
