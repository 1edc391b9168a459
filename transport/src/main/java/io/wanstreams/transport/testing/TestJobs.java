package io.wanstreams.transport.testing;

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
import io.wanstreams.contracts.request.SchedulerChoice;
import io.wanstreams.contracts.request.SigmaGrid;
import io.wanstreams.contracts.request.VideoRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** Requests as the gateway, and jobs as the stages before, would have left them: 9 frames of 48 by 32 pixels. */
public final class TestJobs {

    /** The prompt of the requests that are given none. */
    public static final String PROMPT = "A red ball bouncing on a green field";

    private static final PromptSpec PLAIN = new PromptSpec(PROMPT, "blurred", null, null, null);
    private static final DenoiseSettings SIX_STEPS =
            new DenoiseSettings(6, 4, 3, 3, 0.875, SigmaGrid.DIFFUSERS, SchedulerChoice.UNIPC, 1, null);

    private TestJobs() {}

    /** Six steps with guidance, from a seed. */
    public static VideoRequest request(String model) {
        return request(model, PLAIN, SIX_STEPS, 48, 32, false);
    }

    /** With a prompt of the test's own. */
    public static VideoRequest request(String model, PromptSpec prompt) {
        return request(model, prompt, SIX_STEPS, 48, 32, false);
    }

    /** With settings and a size in pixels of the test's own. */
    public static VideoRequest request(String model, DenoiseSettings denoise, int width, int height) {
        return request(model, PLAIN, denoise, width, height, false);
    }

    /** One that may ask for the decoded frames too. */
    public static VideoRequest request(String model, boolean saveFrames) {
        return request(model, PLAIN, SIX_STEPS, 48, 32, saveFrames);
    }

    private static VideoRequest request(
            String model, PromptSpec prompt, DenoiseSettings denoise, int width, int height, boolean saveFrames) {
        return new VideoRequest(
                model,
                Preset.DIFFUSERS,
                prompt,
                width,
                height,
                9,
                16,
                null,
                null,
                denoise,
                saveFrames,
                Duration.ofHours(1),
                new TreeMap<>(),
                List.of());
    }

    /** A job that no other test has. */
    public static JobId id() {
        return new JobId(UUID.randomUUID());
    }

    /** A job whose earlier stages made these outputs. */
    public static Job job(VideoRequest request, List<StageName> route, StageName done, StageOutputs outputs) {
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
