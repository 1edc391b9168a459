package io.wanstreams.contracts.request;

/** A model's profile cannot be read; the message is one sentence for the operator. */
public final class ProfileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProfileException(String message) {
        super(message);
    }
}
