package io.wanstreams.local.chaos;

import java.time.Duration;

/** What happens at a moment of a run. */
sealed interface Act {

    /** When, from the run's beginning. */
    Duration at();

    /** A client asks for a video. */
    record Submit(Duration at, int job) implements Act {}

    /** The client asks once more for the same, under the same name. */
    record Repeat(Duration at, int job) implements Act {}

    /** The client does not want it any more. */
    record Cancel(Duration at, int job) implements Act {}

    /** As {@code kill -9} does. */
    record Kill(Duration at, String member) implements Act {}

    /** SIGTERM: the process may stop in good order. */
    record Stop(Duration at, String member) implements Act {}

    /** SIGSTOP, and SIGCONT after a while. */
    record Hang(Duration at, String member, Duration length) implements Act {}

    /** The broker dies, or stops in good order, and is started again after a while. */
    record StopBroker(Duration at, boolean killed, Duration away) implements Act {}

    /** The network between a group of processes and the broker. */
    record Disturb(Duration at, int line, Fault fault, Duration length) implements Act {}

    /** What a network can do. */
    enum Fault {
        /** Every piece of data takes its time. */
        DELAY,
        /** Connections end, and new ones with them. */
        DROP,
        /** All connections are reset once; new ones are fine. */
        RESET,
        /** Nothing comes through, and nobody is told. */
        BLACK_HOLE
    }
}
