package io.wanstreams.kafka.embedded;

/** The broker cannot start or has stopped for good; the message is one sentence for the person at the terminal. */
public final class EmbeddedKafkaException extends RuntimeException {

    public EmbeddedKafkaException(String message) {
        super(message);
    }

    public EmbeddedKafkaException(String message, Throwable cause) {
        super(message, cause);
    }
}
