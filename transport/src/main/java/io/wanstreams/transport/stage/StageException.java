package io.wanstreams.transport.stage;

/** A stage could not do its work; the children say what becomes of the job. */
public abstract sealed class StageException extends Exception
        permits RetriableStageException, PermanentStageException, StageAbandonedException {

    private static final long serialVersionUID = 1L;

    StageException(String message, Throwable cause) {
        super(message, cause);
    }

    StageException(String message) {
        super(message);
    }
}
