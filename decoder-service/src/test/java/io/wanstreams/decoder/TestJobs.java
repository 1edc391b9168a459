package io.wanstreams.decoder;

import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.JobOrigin;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageOutputs;
import io.wanstreams.contracts.job.StageTimings;
import io.wanstreams.contracts.request.DenoiseSettings;
import io.wanstreams.contracts.request.Preset;
import io.wanstreams.contracts.request.PromptSpec;
import io.wanstreams.contracts.request.SigmaGrid;
import io.wanstreams.contracts.request.VideoRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** Jobs as the stages before would have left them. */
final class TestJobs {

    static final String PROMPT = "A red ball bouncing on a green field";

    private TestJobs() {}

    static VideoRequest request(String model, boolean saveFrames) {
        return new VideoRequest(
                model,
                Preset.DIFFUSERS,
                new PromptSpec(PROMPT, "blurred", null, null, null),
                48,
                32,
                9,
                16,
                new DenoiseSettings(6, 4, 3, 3, 0.875, SigmaGrid.DIFFUSERS, 1, null),
                saveFrames,
                Duration.ofHours(1),
                new TreeMap<>(),
                List.of());
    }

    static JobId id() {
        return new JobId(UUID.randomUUID());
    }

    /** A job whose earlier stages made these outputs. */
    static Job job(VideoRequest request, List<StageName> route, StageName done, StageOutputs outputs) {
        CompletedStage stage =
                new CompletedStage(done, "test", new TreeMap<>(), outputs, new StageTimings(0, 0, 0), Instant.EPOCH);
        return new Job(
                id(),
                "tenant",
                new JobOrigin("http", null, "digest"),
                request,
                route,
                List.of(stage),
                new Phase.Submitted(),
                Instant.EPOCH,
                Instant.EPOCH,
                0);
    }
}
