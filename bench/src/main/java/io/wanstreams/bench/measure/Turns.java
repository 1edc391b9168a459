package io.wanstreams.bench.measure;

/**
 * Two things measured in fair turns: each goes first in every other round, so that neither always finds the caches and
 * the broker as the other left them.
 */
public final class Turns {

    /** One side of the comparison: does its work once. */
    @FunctionalInterface
    public interface Side {

        void run(int round) throws Exception;
    }

    private Turns() {}

    /** Runs both sides {@code rounds} times: ab, ba, ab, … */
    public static void take(int rounds, Side a, Side b) throws Exception {
        if (rounds < 1) {
            throw new IllegalArgumentException("At least one round is measured, found " + rounds);
        }
        for (int round = 0; round < rounds; round++) {
            boolean firstA = round % 2 == 0;
            (firstA ? a : b).run(round);
            (firstA ? b : a).run(round);
        }
    }
}
