package io.wanstreams.gateway.request;

import java.math.BigDecimal;

/** Numbers within bounds. */
final class Range {

    private Range() {}

    static void check(String param, long value, long least, long most) {
        if (value < least || value > most) {
            throw RefusedException.invalid(
                    param,
                    param + " is " + least + " to " + most + ", found " + value + "; nearest valid: "
                            + Math.max(least, Math.min(most, value)) + ".");
        }
    }

    static void check(String param, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw RefusedException.invalid(
                    param,
                    param + " is " + text(least) + " to " + text(most) + ", found " + text(value) + "; nearest valid: "
                            + text(Math.max(least, Math.min(most, value))) + ".");
        }
    }

    /** A number as people write it: 5, 0.875. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : new BigDecimal(Double.toString(value)).stripTrailingZeros().toString();
    }
}
