package io.wanstreams.transport.bundle;

/** The storage did not answer in time. Trying again later is right. */
public final class BundleUnavailableException extends BundleException {

    private static final long serialVersionUID = 1L;

    public BundleUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public BundleUnavailableException(String message) {
        super(message);
    }
}
