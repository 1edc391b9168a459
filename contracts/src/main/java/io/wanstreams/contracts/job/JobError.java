package io.wanstreams.contracts.job;

/**
 * What went wrong, for the person who asked for the video.
 *
 * @param code the kind of error
 * @param message one sentence without prompts, payloads or stack traces
 */
public record JobError(FailureCode code, String message) {

    private static final int MESSAGE_LIMIT_CHARS = 1000;

    public JobError {
        if (message.length() > MESSAGE_LIMIT_CHARS) {
            message = message.substring(0, MESSAGE_LIMIT_CHARS);
        }
    }
}
