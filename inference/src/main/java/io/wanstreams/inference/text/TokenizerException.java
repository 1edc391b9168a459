package io.wanstreams.inference.text;

import java.io.Serial;

/** The tokenizer's file is missing or is not what it should be. Nothing to try again: the checkpoint must be mended. */
public final class TokenizerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TokenizerException(String message) {
        super(message);
    }

    TokenizerException(String message, Throwable cause) {
        super(message, cause);
    }
}
