package io.wanstreams.gateway.request;

import org.jspecify.annotations.Nullable;

/** A request that cannot be carried out as it stands; asking again unchanged does not help. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    /** A field whose value is not valid. */
    static RefusedException invalid(@Nullable String param, String message) {
        return new RefusedException(new Refusal(param, Refusal.INVALID_VALUE, message));
    }

    public Refusal refusal() {
        return refusal;
    }
}
