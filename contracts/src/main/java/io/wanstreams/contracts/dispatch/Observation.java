package io.wanstreams.contracts.dispatch;

/**
 * What a dispatcher has observed about a job besides its fold. Time is judged by the dispatcher alone, on its own
 * monotonic clock.
 *
 * @param windowHasRoom fewer jobs are admitted than the window allows, and this one is next
 * @param backOffOver a parked job has been left alone as long as it asked
 * @param workerSilent no heartbeat of the running worker for the time limit, during which the log could be read
 * @param ticketMissing no ticket of the stage's topic has been open for the time limit
 * @param deadlinePassed the job is older than its deadline
 */
public record Observation(
        boolean windowHasRoom,
        boolean backOffOver,
        boolean workerSilent,
        boolean ticketMissing,
        boolean deadlinePassed) {

    /** Nothing to see. */
    public static final Observation NONE = new Observation(false, false, false, false, false);
}
