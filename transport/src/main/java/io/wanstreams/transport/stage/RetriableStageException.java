package io.wanstreams.transport.stage;

import io.wanstreams.contracts.job.FailureCode;

/** This attempt failed, another may succeed: becomes {@code stage.failed}. The message is one sentence without prompts or payloads. */
public final class RetriableStageException extends StageException {

    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    public RetriableStageException(FailureCode code, String message) {
        super(message);
        this.code = code;
    }

    public RetriableStageException(FailureCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What the job fails with when the attempts are used up. */
    public FailureCode code() {
        return code;
    }
}
