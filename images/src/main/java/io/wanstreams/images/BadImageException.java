package io.wanstreams.images;

import org.jspecify.annotations.Nullable;

/** An image that cannot be used; the message is one sentence for whoever sent it. */
public final class BadImageException extends Exception {

    private static final long serialVersionUID = 1L;

    BadImageException(String message) {
        this(message, null);
    }

    BadImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
