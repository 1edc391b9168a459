package io.wanstreams.inference.session;

/** A run that ended because it was cancelled, not because anything failed. */
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CancelledException() {
        super("The run was cancelled.");
    }
}
