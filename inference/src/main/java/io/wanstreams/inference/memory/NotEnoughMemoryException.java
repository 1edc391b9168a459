package io.wanstreams.inference.memory;

/** What was asked for will not fit; the message is one sentence with the numbers and the setting that overrules it. */
public final class NotEnoughMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotEnoughMemoryException(String message) {
        super(message);
    }
}
