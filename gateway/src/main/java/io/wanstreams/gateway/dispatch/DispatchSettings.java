package io.wanstreams.gateway.dispatch;

import java.time.Duration;

/**
 * The dispatcher's numbers; all times are its own.
 *
 * @param window most jobs that are admitted and not over
 * @param tenantWindow most of them of one tenant
 * @param attemptLimit attempts of a stage from its start or its last checkpoint
 * @param workerSilence a running worker that is not heard for this long is lost
 * @param ticketSilence a waiting job whose topic had no open ticket for this long has lost its ticket
 * @param leastBackOff a parked job is left alone at least this long
 * @param blindness after the log or the heartbeats could not be read for this long, observation starts anew
 * @param ticketLook how often open tickets are asked for
 * @param patience what was written about a job is given this long to show on the board
 */
public record DispatchSettings(
        int window,
        int tenantWindow,
        int attemptLimit,
        Duration workerSilence,
        Duration ticketSilence,
        Duration leastBackOff,
        Duration blindness,
        Duration ticketLook,
        Duration patience) {

    public DispatchSettings {
        if (window < 1 || tenantWindow < 1) {
            throw new IllegalArgumentException("the dispatcher's windows are at least 1, found " + window + " and "
                    + tenantWindow + " of one tenant");
        }
        if (workerSilence.compareTo(blindness) <= 0) {
            throw new IllegalArgumentException("the worker's silence limit " + workerSilence
                    + " is longer than what counts as blindness, " + blindness);
        }
    }

    /** One tenant may have all of it. */
    public DispatchSettings(
            int window,
            int attemptLimit,
            Duration workerSilence,
            Duration ticketSilence,
            Duration leastBackOff,
            Duration blindness,
            Duration ticketLook,
            Duration patience) {
        this(window, window, attemptLimit, workerSilence, ticketSilence, leastBackOff, blindness, ticketLook, patience);
    }
}
