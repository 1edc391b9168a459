package io.wanstreams.transport.bundle;

/** The bytes are not, or no longer, what the reference promises. Reading them again does not help. */
public final class BadBundleException extends BundleException {

    private static final long serialVersionUID = 1L;

    public BadBundleException(String message) {
        super(message);
    }

    public BadBundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
