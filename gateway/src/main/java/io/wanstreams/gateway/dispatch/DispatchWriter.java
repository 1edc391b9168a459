package io.wanstreams.gateway.dispatch;

import io.wanstreams.contracts.dispatch.Dispatch;
import io.wanstreams.gateway.board.BoardJob;

/** Writes what the dispatcher decided. */
@FunctionalInterface
public interface DispatchWriter {

    /**
     * Appends the event, with the ticket it calls for.
     *
     * @throws io.wanstreams.transport.TransportException when it is not known whether they are in the log
     */
    void write(BoardJob job, Dispatch dispatch);
}
