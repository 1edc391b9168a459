package io.wanstreams.transport.stage;

import io.wanstreams.contracts.job.FailureCode;

/** No attempt can succeed: becomes {@code job.failed}. The message is one sentence without prompts or payloads. */
public final class PermanentStageException extends StageException {

    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    public PermanentStageException(FailureCode code, String message) {
        super(message);
        this.code = code;
    }

    public PermanentStageException(FailureCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What the job fails with. */
    public FailureCode code() {
        return code;
    }
}
