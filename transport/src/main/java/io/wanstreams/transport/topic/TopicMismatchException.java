package io.wanstreams.transport.topic;

/** A topic exists and is not as it must be. Trying again does not help; the message says what to change. */
public final class TopicMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TopicMismatchException(String message) {
        super(message);
    }
}
