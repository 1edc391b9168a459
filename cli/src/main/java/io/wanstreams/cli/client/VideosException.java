package io.wanstreams.cli.client;

/** Something a person can act on; the message is one sentence for the terminal. */
public final class VideosException extends RuntimeException {

    public VideosException(String message) {
        super(message);
    }

    public VideosException(String message, Throwable cause) {
        super(message, cause);
    }
}
