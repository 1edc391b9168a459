package io.wanstreams.contracts.request;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request for tests that need one and do not care which. */
public final class Fixtures {

    private Fixtures() {}

    public static VideoRequest request() {
        return new VideoRequest(
                "demo",
                Preset.DIFFUSERS,
                new PromptSpec("a red ball", "", Lighting.LOW_KEY, null, ColorTone.WARM),
                64,
                32,
                9,
                12,
                null,
                null,
                new DenoiseSettings(4, 3.0, 2.5, 5.0, 0.875, SigmaGrid.DIFFUSERS, SchedulerChoice.UNIPC, 42, null),
                false,
                Duration.ofHours(12),
                new TreeMap<>(Map.of("client", "test")),
                List.of());
    }
}
