package io.wanstreams.contracts.exploration;

/**
 * What a worker is at.
 *
 * @param ticket index of its ticket among those of the log
 * @param started offset of its {@code stage.started}
 */
record Worker(Place place, int ticket, int started) {

    static final Worker IDLE = new Worker(Place.IDLE, 0, 0);

    enum Place {
        IDLE,
        /** Has a ticket and reads. */
        HOLDS,
        /** Has decided to start and not yet said so. */
        APPENDS,
        /** Has said so and not yet read whether it counts. */
        CHECKS,
        WORKS
    }

    boolean isAt(Place asked) {
        return place == asked;
    }

    /** Whether the share group lends the ticket to this worker. */
    boolean leases(int index) {
        return (place == Place.HOLDS || place == Place.APPENDS) && ticket == index;
    }

    /** Below 2^12. */
    @SuppressWarnings("EnumOrdinal") // packed numbers do not outlive the test
    int pack() {
        return place.ordinal() | ticket << 3 | started << 7;
    }

    @SuppressWarnings("EnumOrdinal")
    static Worker unpack(int bits) {
        return new Worker(Place.values()[bits & 7], bits >> 3 & 15, bits >> 7 & 31);
    }
}
