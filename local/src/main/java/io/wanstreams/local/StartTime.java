package io.wanstreams.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How long this process has been there. */
final class StartTime {

    private StartTime() {}

    /** Seconds since the process was started, with one digit. */
    static String seconds() {
        Instant now = Instant.now();
        Duration age =
                Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
        return String.format(Locale.ROOT, "%.1f", age.toMillis() / 1000.0);
    }
}
