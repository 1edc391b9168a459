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
            boolean splitsPair = Character.isHighSurrogate(message.charAt(MESSAGE_LIMIT_CHARS - 1));
            message = message.substring(0, splitsPair ? MESSAGE_LIMIT_CHARS - 1 : MESSAGE_LIMIT_CHARS);
        }
    }
}
