package io.wanstreams.transport;

/** Kafka did not do what was asked in time. Nothing is known to be lost or damaged: trying again later is right. */
public class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TransportException(String message) {
        super(message);
    }

    public TransportException(String message, Throwable cause) {
        super(message, cause);
    }
}
