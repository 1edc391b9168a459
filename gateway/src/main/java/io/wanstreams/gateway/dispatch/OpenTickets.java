package io.wanstreams.gateway.dispatch;

import io.wanstreams.contracts.job.StageName;

/** Tells of a ticket topic whether anything in it is still to be looked at. */
@FunctionalInterface
public interface OpenTickets {

    /**
     * Whether surely no ticket is open: each one ever written has been accepted or died.
     *
     * @throws io.wanstreams.transport.TransportException when that is not known now
     */
    boolean isNoneOpen(StageName stage, String model);
}
