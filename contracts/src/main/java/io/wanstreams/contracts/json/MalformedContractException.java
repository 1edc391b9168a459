package io.wanstreams.contracts.json;

import org.jspecify.annotations.Nullable;

/** Bytes that are not the contract they should be. Reading them again does not help. */
public final class MalformedContractException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public MalformedContractException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
