package io.wanstreams.transport.stage;

/** Nobody wants this run's result any more; a stage lets it pass. */
public final class StageAbandonedException extends StageException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The job was cancelled, failed or given to another worker: whatever is written now does not fit. */
        LOST,
        /** This worker stops in good order: a checkpoint still counts. */
        STOPPING
    }

    private final Reason reason;

    public StageAbandonedException(Reason reason) {
        super(reason == Reason.LOST ? "The job no longer wants this run" : "The worker stops");
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
