package io.wanstreams.gateway.webhook;

import io.smallrye.mutiny.Uni;

/** Makes one attempt. */
@FunctionalInterface
interface Caller {

    /** What came of an attempt. */
    enum Answer {
        TAKEN,
        /** Later it may be different. */
        NOT_NOW,
        /** Asking again does not help. */
        NEVER
    }

    /** An answer, and why in a few words. */
    record Outcome(Answer answer, String reason) {}

    /** Calls; never fails. */
    Uni<Outcome> call(Delivery delivery);
}
