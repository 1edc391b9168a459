package io.wanstreams.gateway.http;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.gateway.board.BoardJob;
import java.util.List;

/** The facts of a job that are past. */
@FunctionalInterface
interface PastFacts {

    /**
     * The job after each fact behind this offset, in order, up to where the board is. Blocks while it reads.
     *
     * @throws io.wanstreams.transport.TransportException when they cannot be read in time
     */
    List<Job> after(BoardJob now, long offset);
}
