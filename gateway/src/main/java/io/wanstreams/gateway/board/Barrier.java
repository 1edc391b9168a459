package io.wanstreams.gateway.board;

import io.wanstreams.transport.log.LogPosition;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells when the board has come to a place in the log. */
public interface Barrier {

    /** Completes when everything that is committed now is on the board; fails when that takes too long. */
    CompletionStage<@Nullable Void> awaitEnd();

    /** Completes when the event at this place is on the board; fails when that takes too long. */
    CompletionStage<@Nullable Void> awaitPast(LogPosition place);
}
