package io.wanstreams.prompt;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.contracts.request.Lighting;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.PromptSpec;
import io.wanstreams.contracts.request.SigmaGrid;
import io.wanstreams.contracts.request.VideoRequest;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** Requests as the gateway would have written them. */
final class TestJobs {

    static final String PROMPT = "A red ball bouncing on a green field";

    private TestJobs() {}

    static VideoRequest request(String model) {
        return new VideoRequest(
                model,
                Preset.DIFFUSERS,
                new PromptSpec(PROMPT, "blurred", Lighting.LOW_KEY, null, null),
                48,
                32,
                9,
                16,
                new DenoiseSettings(6, 4, 3, 3, 0.875, SigmaGrid.DIFFUSERS, 1, null),
                false,
                Duration.ofHours(1),
                new TreeMap<>(),
                List.of());
    }

    static JobId id() {
        return new JobId(UUID.randomUUID());
    }
}
