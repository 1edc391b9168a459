package io.wanstreams.tensors;

/** Bytes that are not a safetensors file within its limits; the message is one sentence for an operator. */
public final class SafetensorsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SafetensorsException(String message) {
        super(message);
    }

    SafetensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
