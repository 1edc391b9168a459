package io.wanstreams.gateway.intake;

import java.time.Duration;

/** A submission that is right and could not be taken; the children say what to do about it. */
public abstract sealed class IntakeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private IntakeException(String message) {
        super(message, null, false, false);
    }

    /** Too many jobs are not over: try again later. */
    public static final class QueueFull extends IntakeException {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;

        QueueFull(int limit, Duration retryAfter) {
            super("The queue is full: " + limit + " jobs are not over yet; try again later.");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The tenant has as much as it may have: try again when some of it is over. */
    public static final class TenantFull extends IntakeException {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;

        TenantFull(String what, long found, long limit, Duration retryAfter) {
            super("Of your tenant " + found + " " + what + ", and " + limit + " may; try again later.");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The broker has no room for more: operators must make some. */
    public static final class DiskFull extends IntakeException {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;

        DiskFull(Duration retryAfter) {
            super("The broker's disk is nearly full, so no new jobs are taken; those that were taken go on. Try"
                    + " again later.");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Too many images are on their way at once: try again a little later. */
    public static final class Overloaded extends IntakeException {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;

        Overloaded(Duration retryAfter) {
            super("Too many requests with images are being received; try again later.");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The same key came with another body: a mistake of the client. */
    public static final class KeyConflict extends IntakeException {
        private static final long serialVersionUID = 1L;

        KeyConflict(String message) {
            super(message);
        }
    }

    /** The log did not answer in time. */
    public static final class Unavailable extends IntakeException {
        private static final long serialVersionUID = 1L;
        private final boolean repeatable;
        private final Duration retryAfter;

        /** @param repeatable whether asking again cannot make a second job */
        Unavailable(boolean repeatable, Duration retryAfter) {
            super(
                    repeatable
                            ? "The job log does not answer; try again later."
                            : "The job log did not acknowledge in time; the job may exist. Send an Idempotency-Key to"
                                    + " make repeating safe.");
            this.repeatable = repeatable;
            this.retryAfter = retryAfter;
        }

        public boolean isRepeatable() {
            return repeatable;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }
}
