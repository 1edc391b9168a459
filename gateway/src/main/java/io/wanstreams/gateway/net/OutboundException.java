package io.wanstreams.gateway.net;

/** A request to an address that a client named and that brought no answer; the children say why. Messages begin in lower case. */
public abstract sealed class OutboundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private OutboundException(String message) {
        super(message, null, false, false);
    }

    /** The address is not one to connect to: asking again does not help. */
    public static final class Forbidden extends OutboundException {
        private static final long serialVersionUID = 1L;

        public Forbidden(String message) {
            super(message);
        }
    }

    /** The answer is larger than was allowed. */
    public static final class TooLarge extends OutboundException {
        private static final long serialVersionUID = 1L;

        public TooLarge(long limitBytes) {
            super("the answer has more than " + limitBytes + " bytes");
        }
    }

    /** Nobody answered properly in time: later it may be different. */
    public static final class Unreachable extends OutboundException {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message) {
            super(message);
        }
    }
}
