package io.wanstreams.bench.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RoundTripTest {

    @Test
    void rate_counts_both_ways() {
        RoundTrip trip = new RoundTrip(Duration.ofMillis(300), Duration.ofMillis(100));

        assertThat(trip.megabytesPerSecond(40_000_000)).isEqualTo(100);
        assertThat(RoundTrip.rate(30_000_000, trip.write())).isEqualTo(100);
    }
}
