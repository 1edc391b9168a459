package io.wanstreams.transport.bundle;

/** A bundle could not be written or read; the children say what to do about it. */
public abstract sealed class BundleException extends Exception permits BadBundleException, BundleUnavailableException {

    private static final long serialVersionUID = 1L;

    BundleException(String message, Throwable cause) {
        super(message, cause);
    }

    BundleException(String message) {
        super(message);
    }
}
