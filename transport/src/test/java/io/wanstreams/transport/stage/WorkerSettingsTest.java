package io.wanstreams.transport.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.StageName;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {

    private static final WorkerSettings SETTINGS = WorkerSettings.of(StageName.ENCODE, "wan", "w", Map.of());

    @Test
    void backsOffTwiceAsLongWithEachAttemptUpToAMinute() {
        assertThat(SETTINGS.retryAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(SETTINGS.retryAfter(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(SETTINGS.retryAfter(5)).isEqualTo(Duration.ofSeconds(16));
        assertThat(SETTINGS.retryAfter(7)).isEqualTo(Duration.ofSeconds(60));
        assertThat(SETTINGS.retryAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(60));
    }

    /** The claim must be over before the broker's lock on the ticket ends. */
    @Test
    void claimsWithinTheLock() {
        assertThat(SETTINGS.claimPatience()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void refusesNamelessWorkersAndNegativeWaits() {
        assertThatThrownBy(() -> WorkerSettings.of(StageName.ENCODE, "wan", " ", Map.of()))
                .hasMessage("A worker needs a name");
        assertThatThrownBy(() -> WorkerSettings.of(StageName.ENCODE, "Wan 2", "w", Map.of()))
                .hasMessageContaining("a model's name");
        assertThatThrownBy(() -> SETTINGS.withGrace(Duration.ofSeconds(-1))).hasMessageContaining("is negative");
    }
}
