package io.wanstreams.bench;

/** Refuses numbers that no run would survive. */
final class Limits {

    private Limits() {}

    static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " is " + least + " to " + most + ", found " + value);
        }
    }
}
